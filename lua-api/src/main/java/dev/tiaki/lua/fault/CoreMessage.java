package dev.tiaki.lua.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** LuaJ's own messages in the words of C Lua. */
final class CoreMessage {
  private static final Pattern BARE_TYPE =
      Pattern.compile("attempt to (call|get length of|compare) (\\w+)");
  private static final Pattern ARITHMETIC =
      Pattern.compile("attempt to perform arithmetic (?:'?__\\w+'? )?on (.+)");
  private static final Pattern CONCAT = Pattern.compile("attempt to concatenate (\\w+) and (\\w+)");
  private static final Pattern COMPARE =
      Pattern.compile("attempt to compare __\\w+ on (\\w+) and (\\w+)");
  private static final Pattern COMPARE_TYPED =
      Pattern.compile("attempt to compare (\\w+) with (\\w+)(?: expected, got (\\w+))?");
  private static final Pattern INDEX =
      Pattern.compile("(?:attempt to index \\? \\(a |index expected, got )(\\w+)(?: value\\))?");
  private static final Pattern BAD_ARGUMENT = Pattern.compile("bad argument #(\\d+): (.*)");

  private CoreMessage() {}

  /** Returns the message of a LuaError that LuaJ made, reworded where C Lua says it otherwise. */
  static String reworded(String message) {
    Matcher match = CONCAT.matcher(message);
    if (match.matches()) {
      boolean leftIsText = isText(match.group(1));
      return "attempt to concatenate a " + match.group(leftIsText ? 2 : 1) + " value";
    }
    match = COMPARE.matcher(message);
    if (match.matches()) {
      return comparison(match.group(1), match.group(2));
    }
    match = COMPARE_TYPED.matcher(message);
    if (match.matches()) {
      // LuaJ says "attempt to compare number with string expected, got number" for "x" < 1
      boolean turned = match.group(3) != null;
      return comparison(match.group(turned ? 2 : 1), match.group(turned ? 1 : 2));
    }
    match = ARITHMETIC.matcher(message);
    if (match.matches()) {
      return "attempt to perform arithmetic on a " + arithmeticType(match.group(1)) + " value";
    }
    match = BARE_TYPE.matcher(message);
    if (match.matches()) {
      return "attempt to " + match.group(1) + " a " + match.group(2) + " value";
    }
    match = BAD_ARGUMENT.matcher(message);
    if (match.matches()) {
      return "bad argument #" + match.group(1) + " (" + match.group(2) + ")";
    }
    if (message.startsWith("table index expected")) {
      return "table index is nil";
    }
    match = INDEX.matcher(message);
    return match.matches() ? "attempt to index a " + match.group(1) + " value" : message;
  }

  private static String comparison(String left, String right) {
    return left.equals(right)
        ? "attempt to compare two " + left + " values"
        : "attempt to compare " + left + " with " + right;
  }

  private static String arithmeticType(String operands) {
    String[] types = operands.split(" and ", 2);
    return types.length == 2 && types[0].equals("number") ? types[1] : types[0];
  }

  private static boolean isText(String type) {
    return type.equals("string") || type.equals("number");
  }
}
