package dev.tiaki.tracker;

import java.time.Duration;
import java.util.Locale;

/** The little JSON that a list of connections needs; the core has no dependency. */
final class JsonText {
  private JsonText() {}

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%d.%09d", duration.getSeconds(), duration.getNano());
  }
}
