package dev.tiaki.engine.regexp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands behind a backslash. */
final class Escapes {
  private static final int HEX = 16;
  private static final int OCTAL = 8;

  private final PatternReader reader;

  Escapes(PatternReader reader) {
    this.reader = reader;
  }

  /** Returns the set that a class escape such as {@code \d} names, or null when it is none. */
  static @Nullable ByteSet classOf(int letter) {
    return switch (letter) {
      case 'd' -> ByteSet.DIGIT;
      case 'D' -> ByteSet.DIGIT.complement();
      case 'w' -> ByteSet.WORD;
      case 'W' -> ByteSet.WORD.complement();
      case 's' -> ByteSet.SPACE;
      case 'S' -> ByteSet.SPACE.complement();
      case 'h' -> ByteSet.HORIZONTAL_SPACE;
      case 'H' -> ByteSet.HORIZONTAL_SPACE.complement();
      case 'v' -> ByteSet.VERTICAL_SPACE;
      case 'V' -> ByteSet.VERTICAL_SPACE.complement();
      default -> null;
    };
  }

  private static @Nullable Assertion assertionOf(int letter) {
    return switch (letter) {
      case 'b' -> Assertion.WORD_BOUNDARY;
      case 'B' -> Assertion.NO_WORD_BOUNDARY;
      case 'A', 'G' -> Assertion.TEXT_START;
      case 'z', 'Z' -> Assertion.TEXT_END;
      default -> null;
    };
  }

  /** Reads an escape outside of a class, the reader standing behind the backslash. */
  Node read() {
    int letter = reader.next();
    ByteSet set = classOf(letter);
    if (set != null) {
      return new Node.Item(set);
    }
    Assertion assertion = assertionOf(letter);
    if (assertion != null) {
      return new Node.Condition(assertion);
    }
    return switch (letter) {
      case PatternReader.END -> throw reader.error("\\ at end of pattern");
      case 'N' -> new Node.Item(ByteSet.NEWLINE.complement());
      case 'C' -> new Node.Item(ByteSet.ANY);
      case 'R' -> lineBreak();
      case 'k', 'g' -> throw reader.error("back references are not supported");
      case 'K' -> throw reader.error("\\K is not supported");
      case 'p', 'P', 'X' ->
          throw reader.error("support for \\P, \\p, and \\X has not been compiled");
      default -> {
        if (letter >= '1' && letter <= '9') {
          yield new Node.Item(ByteSet.of(octalOrReference()));
        }
        yield new Node.Item(ByteSet.of(value(letter)));
      }
    };
  }

  /** A number of two digits or more is a byte in octal, one digit refers to a group. */
  private int octalOrReference() {
    boolean octal = reader.peek() >= '0' && reader.peek() <= '7';
    reader.moveTo(reader.position() - 1);
    if (!octal || reader.peek() > '7') {
      throw reader.error("back references are not supported");
    }
    return reader.digits(OCTAL, 3, 0) & 0xff;
  }

  private static Node lineBreak() {
    Node pair =
        new Node.Sequence(List.of(new Node.Item(ByteSet.of('\r')), new Node.Item(ByteSet.NEWLINE)));
    return new Node.Choice(List.of(pair, new Node.Item(ByteSet.VERTICAL_SPACE)));
  }

  /** Returns the byte that an escape stands for, its letter already read. */
  int value(int letter) {
    return switch (letter) {
      case 'a' -> 0x07;
      case 'e' -> 0x1b;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'x' -> hexadecimal();
      case 'o' -> braced(OCTAL);
      case 'c' -> control();
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        reader.moveTo(reader.position() - 1);
        yield reader.digits(OCTAL, 3, 0) & 0xff;
      }
      default -> {
        if (letter != PatternReader.END && letter != '_' && ByteSet.WORD.contains(letter)) {
          throw reader.error("unrecognized character follows \\");
        }
        yield letter;
      }
    };
  }

  private int hexadecimal() {
    return reader.peek() == '{' ? braced(HEX) : reader.digits(HEX, 2, 0);
  }

  private int braced(int base) {
    if (!reader.skip('{')) {
      throw reader.error("missing opening brace after \\o");
    }
    int value = reader.digits(base, 6, 0);
    if (!reader.skip('}')) {
      throw reader.error("non-hex character in \\x{} (closing brace missing?)");
    }
    if (value > 0xff) {
      throw reader.error("character value in \\x{} or \\o{} is too large");
    }
    return value;
  }

  private int control() {
    int letter = reader.next();
    if (letter == PatternReader.END) {
      throw reader.error("\\c at end of pattern");
    }
    int upper = ByteSet.LOWER.contains(letter) ? letter - 32 : letter;
    return (upper ^ 0x40) & 0xff;
  }
}
