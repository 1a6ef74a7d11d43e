package dev.tiaki.engine.regexp;

import java.util.Random;

/** Small random patterns and texts over few letters, so that they often meet. */
final class PatternMaker {
  private static final String[] ITEMS = {
    "a", "b", "c", "[ab]", "[^a]", ".", "\\w", "\\n", "^", "$", "\\b", "\\B"
  };
  private static final String[] QUANTIFIERS = {"*", "+", "?", "{2}", "{1,2}", "+?", "??", "{1,}?"};
  private static final String LETTERS = "aaabbbcc \n";

  private PatternMaker() {}

  static String pattern(Random random, int depth) {
    StringBuilder pattern = new StringBuilder(sequence(random, depth));
    while (random.nextInt(4) == 0) {
      pattern.append('|').append(sequence(random, depth));
    }
    return pattern.toString();
  }

  private static String sequence(Random random, int depth) {
    StringBuilder sequence = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      boolean group = depth > 0 && random.nextInt(3) == 0;
      String item =
          group ? "(" + pattern(random, depth - 1) + ")" : ITEMS[random.nextInt(ITEMS.length)];
      sequence.append(item);
      // loops over parts that may be empty are where engines differ: only bytes are repeated
      if (!group && "^$\\b\\B".indexOf(item) < 0 && random.nextInt(3) == 0) {
        sequence.append(QUANTIFIERS[random.nextInt(QUANTIFIERS.length)]);
      }
    }
    return sequence.toString();
  }

  static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
