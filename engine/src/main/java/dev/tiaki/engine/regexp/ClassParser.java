package dev.tiaki.engine.regexp;

import org.jspecify.annotations.Nullable;

/** Reads a class in brackets, ranges, escapes and POSIX names included. */
final class ClassParser {
  private final PatternReader reader;
  private final Escapes escapes;

  ClassParser(PatternReader reader, Escapes escapes) {
    this.reader = reader;
    this.escapes = escapes;
  }

  /** Reads a class, the reader standing behind its opening bracket. */
  ByteSet read(boolean caseInsensitive) {
    boolean negated = reader.skip('^');
    ByteSet set = ByteSet.NONE;
    boolean first = true;
    while (first || reader.peek() != ']') {
      if (reader.atEnd()) {
        throw reader.error("missing terminating ] for character class");
      }
      if (reader.skip("\\Q")) {
        set = set.or(quoted());
      } else if (!reader.skip("\\E")) {
        set = set.or(part());
      }
      first = false;
    }
    reader.next();
    ByteSet cased = caseInsensitive ? set.withBothCases() : set;
    return negated ? cased.complement() : cased;
  }

  private ByteSet quoted() {
    ByteSet set = ByteSet.NONE;
    while (!reader.atEnd() && !reader.skip("\\E")) {
      set = set.or(ByteSet.of(reader.next()));
    }
    return set;
  }

  private ByteSet part() {
    ByteSet named = posix();
    if (named != null) {
      return named;
    }
    if (reader.peek() == '\\') {
      ByteSet escaped = Escapes.classOf(reader.peek(1));
      if (escaped != null) {
        reader.next();
        reader.next();
        return escaped;
      }
    }
    int from = single();
    if (!isRange()) {
      return ByteSet.of(from);
    }
    reader.next();
    int to = single();
    if (to < from) {
      throw reader.error("range out of order in character class");
    }
    return ByteSet.range(from, to);
  }

  /** Tells whether a hyphen follows that makes a range: not one before the end or a class. */
  private boolean isRange() {
    int after = reader.peek(1);
    return reader.peek() == '-'
        && after != ']'
        && after != PatternReader.END
        && !(after == '\\' && Escapes.classOf(reader.peek(2)) != null)
        && !(after == '[' && isPosixStart(reader.peek(2)));
  }

  private int single() {
    int value = reader.next();
    if (value != '\\') {
      return value;
    }
    int letter = reader.next();
    return switch (letter) {
      case PatternReader.END -> throw reader.error("\\ at end of pattern");
      case 'b' -> '\b';
      case 'B', 'R', 'X', 'N', 'p', 'P' ->
          throw reader.error("invalid escape sequence in character class");
      default -> escapes.value(letter);
    };
  }

  private static boolean isPosixStart(int letter) {
    return letter == ':' || letter == '.' || letter == '=';
  }

  private @Nullable ByteSet posix() {
    if (reader.peek() != '[' || !isPosixStart(reader.peek(1))) {
      return null;
    }
    int kind = reader.peek(1);
    int length = 2;
    while (isNamePart(reader.peek(length))) {
      length++;
    }
    if (reader.peek(length) != kind || reader.peek(length + 1) != ']') {
      return null;
    }
    if (kind != ':') {
      throw reader.error("POSIX collating elements are not supported");
    }
    reader.moveTo(reader.position() + 2);
    boolean negated = reader.skip('^');
    StringBuilder name = new StringBuilder();
    while (reader.peek() != ':') {
      name.append((char) reader.next());
    }
    ByteSet set = named(name.toString());
    reader.moveTo(reader.position() + 2);
    return negated ? set.complement() : set;
  }

  private static boolean isNamePart(int letter) {
    return letter == '^' || ByteSet.LOWER.contains(Math.max(0, letter));
  }

  private ByteSet named(String name) {
    return switch (name) {
      case "alpha" -> ByteSet.LOWER.or(ByteSet.UPPER);
      case "lower" -> ByteSet.LOWER;
      case "upper" -> ByteSet.UPPER;
      case "digit" -> ByteSet.DIGIT;
      case "alnum" -> ByteSet.WORD.minus(ByteSet.of('_'));
      case "word" -> ByteSet.WORD;
      case "space" -> ByteSet.SPACE;
      case "blank" -> ByteSet.BLANK;
      case "xdigit" -> ByteSet.DIGIT.or(ByteSet.range('a', 'f')).or(ByteSet.range('A', 'F'));
      case "ascii" -> ByteSet.range(0, 0x7f);
      case "cntrl" -> ByteSet.range(0, 0x1f).or(ByteSet.of(0x7f));
      case "print" -> ByteSet.range(0x20, 0x7e);
      case "graph" -> ByteSet.range(0x21, 0x7e);
      case "punct" -> ByteSet.range(0x21, 0x7e).minus(ByteSet.WORD.minus(ByteSet.of('_')));
      default -> throw reader.error("unknown POSIX class name");
    };
  }
}
