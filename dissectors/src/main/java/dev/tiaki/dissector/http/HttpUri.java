package dev.tiaki.dissector.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request target cut into parts, as Haka cuts it. What the text does not have is null; nothing is
 * decoded.
 */
public final class HttpUri {
  private static final Pattern SCHEME = Pattern.compile("^([A-Za-z]*)://");
  private static final Pattern PORT = Pattern.compile(":(\\d+)$");
  private static final Pattern ARGUMENT = Pattern.compile("([^=&]+)(=([^&?]*))?&?");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final String UNRESERVED_MARKS = "-._~";
  private static final int HEX = 16;

  /** The scheme, such as {@code http}. */
  public @Nullable String scheme;

  /** User, host and port as they stand in the text. */
  public @Nullable String authority;

  /** User and password as they stand in the text. */
  public @Nullable String userinfo;

  /** The user. */
  public @Nullable String user;

  /** The password. */
  public @Nullable String pass;

  /** The host. */
  public @Nullable String host;

  /** The port, decimal. */
  public @Nullable String port;

  /** The path. */
  public @Nullable String path;

  /** What stands behind the question mark. */
  public @Nullable String query;

  /** What stands behind the number sign. */
  public @Nullable String fragment;

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
    uri.query = orNull(text.substring(queryStart, queryEnd));
    uri.fragment = orNull(text.substring(skip(text, queryEnd, '#')));
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

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private void splitArguments() {
    String text = query;
    if (text == null) {
      return;
    }
    Matcher matcher = ARGUMENT.matcher(text);
    while (matcher.find()) {
      args.put(matcher.group(1), matcher.group(3));
    }
  }

  private void splitCore(String core) {
    String rest = core;
    Matcher matcher = SCHEME.matcher(core);
    if (matcher.find()) {
      scheme = orNull(matcher.group(1));
      rest = core.substring(matcher.end());
    }
    int slash = firstOf(rest, "/", 0);
    path = orNull(rest.substring(slash));
    authority = orNull(rest.substring(0, slash));
    splitAuthority(rest.substring(0, slash));
  }

  private void splitAuthority(String text) {
    int at = text.indexOf('@');
    String hostAndPort = text.substring(at + 1);
    if (at >= 0) {
      userinfo = orNull(text.substring(0, at));
      int colon = text.substring(0, at).lastIndexOf(':');
      if (colon > 0) {
        user = text.substring(0, colon);
        pass = text.substring(colon + 1, at);
      }
    }
    Matcher matcher = PORT.matcher(hostAndPort);
    if (matcher.find()) {
      port = matcher.group(1);
      host = orNull(hostAndPort.substring(0, matcher.start()));
    } else {
      host = orNull(hostAndPort);
    }
  }

  /** Returns the query's parameters in their order; a value is null without an equals sign. */
  public Map<String, @Nullable String> args() {
    return args;
  }

  /**
   * Brings the parts into their usual form (RFC 3986 section 6.2.2): escapes of letters, digits and
   * {@code - . _ ~} decoded, other escapes in upper case, scheme and host in lower case, no port
   * 80, no dot segments; {@code http} is the scheme where a host has none.
   */
  public void normalize() {
    decodeParts();
    if (scheme == null && authority != null) {
      scheme = "http";
    }
    scheme = lower(scheme);
    host = lower(host);
    if ("80".equals(port)) {
      port = null;
    }
    if ("http".equals(scheme) && path == null) {
      path = "/";
    }
    String full = path;
    if (full != null) {
      path = withoutDotSegments(full);
    }
  }

  private void decodeParts() {
    scheme = decoded(scheme);
    authority = decoded(authority);
    userinfo = decoded(userinfo);
    user = decoded(user);
    pass = decoded(pass);
    host = decoded(host);
    port = decoded(port);
    path = decoded(path);
    query = decoded(query);
    fragment = decoded(fragment);
    args.replaceAll((name, value) -> decoded(value));
  }

  private static @Nullable String lower(@Nullable String text) {
    return text == null ? null : text.toLowerCase(java.util.Locale.ROOT);
  }

  private static @Nullable String decoded(@Nullable String text) {
    if (text == null || text.indexOf('%') < 0) {
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
    return escape.toUpperCase(java.util.Locale.ROOT);
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
    if (host != null) {
      appendAuthority(text);
    }
    append(text, "", path);
    if (query != null && !args.isEmpty()) {
      char separator = '?';
      for (Map.Entry<String, @Nullable String> argument : args.entrySet()) {
        text.append(separator).append(argument.getKey());
        append(text, "=", argument.getValue());
        separator = '&';
      }
    }
    append(text, "#", fragment);
    return text.toString();
  }

  private void appendAuthority(StringBuilder text) {
    if (scheme != null) {
      text.append(scheme).append("://");
    }
    if (user != null && pass != null) {
      text.append(user).append(':').append(pass).append('@');
    }
    text.append(host);
    append(text, ":", port);
  }

  private static void append(StringBuilder text, String before, @Nullable String part) {
    if (part != null) {
      text.append(before).append(part);
    }
  }
}
