package dev.tiaki.lua.compile;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Guesses what the author of a line that is not Lua meant; most come from other languages. */
final class SyntaxHint {
  private record Guess(Pattern code, String advice) {}

  private static final List<Guess> GUESSES =
      List.of(
          guess("!=", "Lua writes 'not equal' as ~="),
          guess("&&|\\|\\|", "Lua writes 'and', 'or' and 'not'"),
          guess("\\w\\s*(\\+=|-=|\\*=|/=|\\.\\.=)", "Lua has no +=; write x = x + 1"),
          guess("\\+\\+", "Lua has no ++; write x = x + 1"),
          guess("^\\s*(else\\s+if)\\b", "write elseif, in one word"),
          guess("^\\s*(if|elseif)\\b(?!.*\\bthen\\b)", "'then' is missing"),
          guess("^\\s*(for|while)\\b(?!.*\\bdo\\b)", "'do' is missing"),
          guess("\\bif\\b[^=~<>]*[^=~<>]=[^=]", "Lua compares with =="),
          guess("^\\s*continue\\b", "Lua has no continue; use goto and a label"),
          guess("\\b(null|None|nullptr)\\b", "Lua calls it nil"),
          guess("^\\s*//|/\\*", "comments begin with --"),
          guess("^\\s*(switch|try|catch|class|var|let|const)\\b", "this word is not Lua"));

  private SyntaxHint() {}

  private static Guess guess(String code, String advice) {
    return new Guess(Pattern.compile(code), advice);
  }

  static @Nullable String of(String code, String message) {
    for (Guess guess : GUESSES) {
      if (guess.code().matcher(code).find()) {
        return guess.advice();
      }
    }
    if (message.contains("'end' expected") || message.contains("<eof>")) {
      return "a function, if, for or while before this line is not closed with 'end'";
    }
    return message.contains("unfinished string") ? "close the string with the same quote" : null;
  }
}
