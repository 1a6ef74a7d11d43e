package dev.tiaki.lua.compile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parser's messages in the words of C Lua. */
final class ParserMessage {
  private static final Pattern UNEXPECTED =
      Pattern.compile("unexpected symbol (\\d+) \\(.*\\)", Pattern.DOTALL);

  /** The parser numbers its words from here on, in this order. */
  private static final int FIRST_WORD = 257;

  private static final String[] WORDS = {
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while", "..", "...",
    "==", ">=", "<=", "~=", "::", "<eof>", "<number>", "<name>", "<string>"
  };

  private ParserMessage() {}

  static String reworded(String message) {
    Matcher match = UNEXPECTED.matcher(message);
    return match.matches()
        ? "unexpected symbol near '" + word(Integer.parseInt(match.group(1))) + "'"
        : message;
  }

  private static String word(int token) {
    int index = token - FIRST_WORD;
    return index >= 0 && index < WORDS.length ? WORDS[index] : Character.toString(token);
  }
}
