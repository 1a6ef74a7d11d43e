package dev.tiaki.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what shows that nothing was lost out of the summary that {@code --stats json} prints. */
final class GateText {
  private static final Pattern CONNECTIONS = Pattern.compile("\"connections\":\\{\"seen\":(\\d+)");
  private static final Pattern BYTES = Pattern.compile("\"tcp\\.deliveredBytes\":(\\d+)");

  private GateText() {}

  /** Returns {@code flows=N bytes=N}. */
  static String of(String summary) {
    return "flows=" + first(CONNECTIONS, summary) + " bytes=" + first(BYTES, summary);
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "?";
  }
}
