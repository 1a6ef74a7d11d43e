package dev.tiaki.dissector.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the value of {@code Cookie} and {@code Set-Cookie} into its pairs. */
public final class HttpCookies {
  private static final Pattern PAIR = Pattern.compile("([^=;]+)=([^;]*);?");

  private HttpCookies() {}

  /**
   * Returns the pairs {@code name=value} in their order, names as they stand in the text, a blank
   * before them included; parts without an equals sign are left out.
   */
  public static Map<String, String> split(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    Matcher matcher = PAIR.matcher(text);
    while (matcher.find()) {
      pairs.put(matcher.group(1), matcher.group(2));
    }
    return pairs;
  }
}
