package dev.tiaki.dissector.http;

import static dev.tiaki.dissector.http.UriPart.AUTHORITY;
import static dev.tiaki.dissector.http.UriPart.FRAGMENT;
import static dev.tiaki.dissector.http.UriPart.HOST;
import static dev.tiaki.dissector.http.UriPart.PASS;
import static dev.tiaki.dissector.http.UriPart.PATH;
import static dev.tiaki.dissector.http.UriPart.PORT;
import static dev.tiaki.dissector.http.UriPart.QUERY;
import static dev.tiaki.dissector.http.UriPart.SCHEME;
import static dev.tiaki.dissector.http.UriPart.USER;
import static dev.tiaki.dissector.http.UriPart.USERINFO;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request target cut into parts, as Haka cuts it. What the text does not have is null; nothing is
 * decoded.
 */
public final class HttpUri {
  private static final Pattern SCHEME_AT_START = Pattern.compile("^([A-Za-z]*)://");
  private static final Pattern PORT_AT_END = Pattern.compile(":(\\d+)$");
  private static final Pattern ARGUMENT = Pattern.compile("([^=&]+)(=([^&?]*))?&?");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final String UNRESERVED_MARKS = "-._~";
  private static final String HTTP = "http";
  private static final String HTTP_PORT = "80";
  private static final int HEX = 16;

  private final Map<UriPart, String> parts = new EnumMap<>(UriPart.class);

  /** The query's parameters; null where no equals sign follows. The last of a name counts. */
  private final Map<String, @Nullable String> args = new LinkedHashMap<>();

  /** Makes a target without any part. */
  public HttpUri() {}

  /** Cuts {@code text}, which may be anything. */
  public static HttpUri split(String text) {
    HttpUri uri = new HttpUri();
    int core = firstOf(text, "?#", 0);
    int queryStart = skip(text, core, '?');
    int queryEnd = firstOf(text, "#", queryStart);
    uri.setUnlessEmpty(QUERY, text.substring(queryStart, queryEnd));
    uri.setUnlessEmpty(FRAGMENT, text.substring(skip(text, queryEnd, '#')));
    uri.splitArguments();
    uri.splitCore(text.substring(0, core));
    return uri;
  }

  private static int firstOf(String text, String wanted, int from) {
    int at = from;
    while (at < text.length() && wanted.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static int skip(String text, int from, char skipped) {
    int at = from;
    while (at < text.length() && text.charAt(at) == skipped) {
      at++;
    }
    return at;
  }

  private void setUnlessEmpty(UriPart part, String text) {
    set(part, text.isEmpty() ? null : text);
  }

  private void splitArguments() {
    Matcher matcher = ARGUMENT.matcher(parts.getOrDefault(QUERY, ""));
    while (matcher.find()) {
      args.put(matcher.group(1), matcher.group(3));
    }
  }

  private void splitCore(String core) {
    String rest = core;
    Matcher matcher = SCHEME_AT_START.matcher(core);
    if (matcher.find()) {
      setUnlessEmpty(SCHEME, matcher.group(1));
      rest = core.substring(matcher.end());
    }
    int slash = firstOf(rest, "/", 0);
    setUnlessEmpty(PATH, rest.substring(slash));
    setUnlessEmpty(AUTHORITY, rest.substring(0, slash));
    splitAuthority(rest.substring(0, slash));
  }

  private void splitAuthority(String text) {
    int at = text.indexOf('@');
    String hostAndPort = text.substring(at + 1);
    if (at >= 0) {
      setUnlessEmpty(USERINFO, text.substring(0, at));
      int colon = text.substring(0, at).lastIndexOf(':');
      if (colon > 0) {
        set(USER, text.substring(0, colon));
        set(PASS, text.substring(colon + 1, at));
      }
    }
    Matcher matcher = PORT_AT_END.matcher(hostAndPort);
    if (matcher.find()) {
      set(PORT, matcher.group(1));
      setUnlessEmpty(HOST, hostAndPort.substring(0, matcher.start()));
    } else {
      setUnlessEmpty(HOST, hostAndPort);
    }
  }

  /** Returns a part, or null when there is none. */
  public @Nullable String get(UriPart part) {
    return parts.get(part);
  }

  /** Sets a part alone: user and host, say, are not cut anew from another authority. */
  public void set(UriPart part, @Nullable String text) {
    if (text == null) {
      parts.remove(part);
    } else {
      parts.put(part, text);
    }
  }

  /**
   * Returns the query's parameters in their order, which may be changed; a value is null without an
   * equals sign.
   */
  public Map<String, @Nullable String> args() {
    return args;
  }

  /**
   * Brings the parts into their usual form (RFC 3986 section 6.2.2): escapes of letters, digits and
   * {@code - . _ ~} decoded, other escapes in upper case, scheme and host in lower case, no port
   * 80, no dot segments; {@code http} is the scheme where a host has none.
   */
  public void normalize() {
    parts.replaceAll((part, text) -> decoded(text));
    args.replaceAll((name, value) -> value == null ? null : decoded(value));
    if (parts.containsKey(AUTHORITY)) {
      parts.putIfAbsent(SCHEME, HTTP);
    }
    parts.computeIfPresent(SCHEME, (part, text) -> text.toLowerCase(Locale.ROOT));
    parts.computeIfPresent(HOST, (part, text) -> text.toLowerCase(Locale.ROOT));
    parts.remove(PORT, HTTP_PORT);
    if (HTTP.equals(get(SCHEME))) {
      parts.putIfAbsent(PATH, "/");
    }
    parts.computeIfPresent(PATH, (part, text) -> withoutDotSegments(text));
  }

  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    return ESCAPE
        .matcher(text)
        .replaceAll(match -> {
          int value = Integer.parseInt(match.group(1), HEX);
          String kept = isUnreserved(value) ? String.valueOf((char) value) : upper(match.group());
          return Matcher.quoteReplacement(kept);
        });
  }

  private static String upper(String escape) {
    return escape.toUpperCase(Locale.ROOT);
  }

  private static boolean isUnreserved(int value) {
    int letter = Ascii.lower(value);
    return (value >= '0' && value <= '9')
        || (letter >= 'a' && letter <= 'z')
        || UNRESERVED_MARKS.indexOf(value) >= 0;
  }

  /** Removes {@code .} and {@code ..} (RFC 3986 section 5.2.4). */
  private static String withoutDotSegments(String full) {
    boolean absolute = full.startsWith("/");
    String[] segments = full.substring(absolute ? 1 : 0).split("/", -1);
    java.util.ArrayDeque<String> kept = new java.util.ArrayDeque<>();
    for (int i = 0; i < segments.length; i++) {
      boolean dots = segments[i].equals(".") || segments[i].equals("..");
      if (segments[i].equals("..")) {
        kept.pollLast();
      }
      if (!dots) {
        kept.addLast(segments[i]);
      } else if (i == segments.length - 1) {
        kept.addLast("");
      }
    }
    return (absolute ? "/" : "") + String.join("/", kept);
  }

  /** Returns the text that has these parts; the query is written from the parameters. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (parts.containsKey(HOST)) {
      appendAuthority(text);
    }
    append(text, "", get(PATH));
    if (parts.containsKey(QUERY) && !args.isEmpty()) {
      char separator = '?';
      for (Map.Entry<String, @Nullable String> argument : args.entrySet()) {
        text.append(separator).append(argument.getKey());
        append(text, "=", argument.getValue());
        separator = '&';
      }
    }
    append(text, "#", get(FRAGMENT));
    return text.toString();
  }

  private void appendAuthority(StringBuilder text) {
    if (parts.containsKey(SCHEME)) {
      text.append(get(SCHEME)).append("://");
    }
    if (parts.containsKey(USER) && parts.containsKey(PASS)) {
      text.append(get(USER)).append(':').append(get(PASS)).append('@');
    }
    text.append(get(HOST));
    append(text, ":", get(PORT));
  }

  private static void append(StringBuilder text, String before, @Nullable String part) {
    if (part != null) {
      text.append(before).append(part);
    }
  }
}
