package dev.tiaki.lua.lib.os;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** C's strftime with C's names of days and months. */
public final class DateFormat {
  private static final Map<Character, String> PATTERNS =
      Map.ofEntries(
          Map.entry('a', "EEE"),
          Map.entry('A', "EEEE"),
          Map.entry('b', "MMM"),
          Map.entry('B', "MMMM"),
          Map.entry('c', "EEE MMM ppd HH:mm:ss uuuu"),
          Map.entry('d', "dd"),
          Map.entry('D', "MM/dd/uu"),
          Map.entry('e', "ppd"),
          Map.entry('F', "uuuu-MM-dd"),
          Map.entry('H', "HH"),
          Map.entry('I', "hh"),
          Map.entry('j', "DDD"),
          Map.entry('m', "MM"),
          Map.entry('M', "mm"),
          Map.entry('p', "a"),
          Map.entry('r', "hh:mm:ss a"),
          Map.entry('R', "HH:mm"),
          Map.entry('S', "ss"),
          Map.entry('T', "HH:mm:ss"),
          Map.entry('x', "MM/dd/uu"),
          Map.entry('X', "HH:mm:ss"),
          Map.entry('y', "uu"),
          Map.entry('Y', "uuuu"),
          Map.entry('z', "xx"),
          Map.entry('Z', "zzz"));

  private DateFormat() {}

  /** Writes a time; a conversion that is not known stays as it is. */
  public static String format(String format, ZonedDateTime when) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
      } else {
        out.append(converted(format.charAt(++i), when));
      }
    }
    return out.toString();
  }

  private static String converted(char letter, ZonedDateTime when) {
    String pattern = PATTERNS.get(letter);
    if (pattern != null) {
      return DateTimeFormatter.ofPattern(pattern, Locale.US).format(when);
    }
    int sunday = when.getDayOfWeek().getValue() % 7;
    int monday = when.getDayOfWeek().getValue() - 1;
    int day = when.getDayOfYear() - 1;
    return switch (letter) {
      case '%' -> "%";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 's' -> Long.toString(when.toEpochSecond());
      case 'w' -> Integer.toString(sunday);
      case 'u' -> Integer.toString(monday + 1);
      case 'U' -> "%02d".formatted((day + 7 - sunday) / 7);
      case 'W' -> "%02d".formatted((day + 7 - monday) / 7);
      default -> "%" + letter;
    };
  }
}
