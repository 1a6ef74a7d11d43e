package dev.tiaki.engine.regexp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a pattern: PCRE's syntax with its multi-line mode on, without what no automaton can do in
 * linear time (back references, look-around, recursion, atomic groups).
 */
final class PatternParser {
  private static final int MAX_NESTING = 250;
  private static final int MAX_COUNT = 65_535;
  private static final String BACKTRACKING = "needs backtracking, which is not supported";

  private final PatternReader reader;
  private final Escapes escapes;
  private final ClassParser classes;
  private final Map<String, Integer> names = new TreeMap<>();
  private Flags flags;
  private int groups;
  private int nesting;

  /** The options that hold at a place of the pattern. */
  private record Flags(boolean ignoreCase, boolean extended, boolean dotAll, boolean lines) {}

  PatternParser(byte[] pattern, RegexpOptions options) {
    reader = new PatternReader(pattern);
    escapes = new Escapes(reader);
    classes = new ClassParser(reader, escapes);
    flags = new Flags(options.caseInsensitive(), options.extended(), false, true);
  }

  /** Returns the pattern as a tree. */
  Node parse() {
    Node whole = choice();
    if (!reader.atEnd()) {
      throw reader.error("unmatched parentheses");
    }
    return whole;
  }

  /** Returns how many capturing groups there are, after {@link #parse}. */
  int groups() {
    return groups;
  }

  /** Returns the numbers of the named groups, after {@link #parse}. */
  Map<String, Integer> names() {
    return names;
  }

  private Node choice() {
    Flags outer = flags;
    List<Node> cases = new ArrayList<>();
    do {
      cases.add(sequence());
    } while (reader.skip('|'));
    flags = outer;
    return cases.size() == 1 ? cases.getFirst() : new Node.Choice(cases);
  }

  private Node sequence() {
    List<Node> parts = new ArrayList<>();
    while (!reader.atEnd() && reader.peek() != '|' && reader.peek() != ')') {
      if (!skipped()) {
        if (reader.skip("\\Q")) {
          quoted(parts);
        } else {
          parts.add(repeated(atom()));
        }
      }
    }
    return parts.size() == 1 ? parts.getFirst() : new Node.Sequence(parts);
  }

  /** Passes what stands for nothing: comments, white space in extended patterns, {@code \E}. */
  private boolean skipped() {
    if (reader.skip("(?#")) {
      while (!reader.skip(')')) {
        if (reader.next() == PatternReader.END) {
          throw reader.error("missing ) after comment");
        }
      }
      return true;
    }
    if (reader.skip("\\E")) {
      return true;
    }
    return flags.extended && skippedSpace();
  }

  private boolean skippedSpace() {
    if (reader.skip('#')) {
      while (!reader.atEnd() && reader.next() != '\n') {
        // the comment ends with its line
      }
      return true;
    }
    boolean space = !reader.atEnd() && ByteSet.SPACE.contains(reader.peek());
    if (space) {
      reader.next();
    }
    return space;
  }

  private void quoted(List<Node> parts) {
    while (!reader.atEnd() && !reader.skip("\\E")) {
      Node literal = literal(reader.next());
      boolean last = reader.skip("\\E");
      parts.add(last || reader.atEnd() ? repeated(literal) : literal);
      if (last) {
        return;
      }
    }
  }

  private Node literal(int value) {
    ByteSet set = ByteSet.of(value);
    return new Node.Item(flags.ignoreCase ? set.withBothCases() : set);
  }

  private Node atom() {
    int letter = reader.next();
    return switch (letter) {
      case '(' -> group();
      case '[' -> bracket();
      case '.' -> new Node.Item(flags.dotAll ? ByteSet.ANY : ByteSet.NEWLINE.complement());
      case '^' -> new Node.Condition(flags.lines ? Assertion.LINE_START : Assertion.TEXT_START);
      case '$' -> new Node.Condition(flags.lines ? Assertion.LINE_END : Assertion.TEXT_END);
      case '\\' -> escaped();
      case '*', '+', '?' -> {
        reader.moveTo(reader.position() - 1);
        throw reader.error("nothing to repeat");
      }
      default -> literal(letter);
    };
  }

  private Node escaped() {
    Node node = escapes.read();
    return flags.ignoreCase && node instanceof Node.Item(ByteSet bytes)
        ? new Node.Item(bytes.withBothCases())
        : node;
  }

  private Node bracket() {
    if (reader.peek() == ':' || reader.peek() == '.' || reader.peek() == '=') {
      requireNoPosix(reader.peek());
    }
    return new Node.Item(classes.read(flags.ignoreCase));
  }

  private void requireNoPosix(int kind) {
    for (int i = 1; reader.peek(i) != PatternReader.END && reader.peek(i) != ']'; i++) {
      if (reader.peek(i) == kind && reader.peek(i + 1) == ']') {
        throw reader.error("POSIX named classes are supported only within a class");
      }
    }
  }

  private Node repeated(Node atom) {
    Node node = atom;
    for (int[] bounds = quantifier(); bounds != null; bounds = quantifier()) {
      boolean greedy = !reader.skip('?');
      if (greedy && reader.skip('+')) {
        throw reader.error("possessive quantifier " + BACKTRACKING);
      }
      node = new Node.Repeat(node, bounds[0], bounds[1], greedy);
    }
    return node;
  }

  /** Reads a quantifier as least and most count, -1 for any number; null when none follows. */
  private int @Nullable [] quantifier() {
    while (skipped()) {
      // white space may stand before a quantifier of an extended pattern
    }
    int start = reader.position();
    int[] bounds =
        switch (reader.peek()) {
          case '*' -> new int[] {0, -1};
          case '+' -> new int[] {1, -1};
          case '?' -> new int[] {0, 1};
          case '{' -> bounds();
          default -> null;
        };
    if (bounds == null) {
      reader.moveTo(start);
    } else if (reader.position() == start) {
      reader.next();
    }
    return bounds;
  }

  /** Reads {@code {n}}, {@code {n,}} or {@code {n,m}}; null when the brace is a plain one. */
  private int @Nullable [] bounds() {
    reader.next();
    int min = reader.digits(10, 6, -1);
    int max = min;
    if (min >= 0 && reader.skip(',')) {
      max = reader.digits(10, 6, -1);
    }
    if (min < 0 || !reader.skip('}')) {
      return null;
    }
    if (min > MAX_COUNT || max > MAX_COUNT) {
      throw reader.error("number too big in {} quantifier");
    }
    if (max >= 0 && max < min) {
      throw reader.error("numbers out of order in {} quantifier");
    }
    return new int[] {min, max};
  }

  private Node group() {
    if (++nesting > MAX_NESTING) {
      throw reader.error("parentheses are too deeply nested");
    }
    Node node;
    if (reader.peek() == '*') {
      throw reader.error("(*VERB) not recognized");
    } else if (reader.skip('?')) {
      node = special();
    } else {
      node = capturing();
    }
    nesting--;
    return node;
  }

  private Node capturing() {
    int number = ++groups;
    return new Node.Group(closed(choice()), number);
  }

  private Node closed(Node node) {
    if (!reader.skip(')')) {
      throw reader.error("missing )");
    }
    return node;
  }

  private Node special() {
    if (reader.skip(':')) {
      return closed(choice());
    }
    if (reader.skip("P<")) {
      return named('>');
    }
    if (reader.skip('\'')) {
      return named('\'');
    }
    if (reader.peek() == '<' && reader.peek(1) != '=' && reader.peek(1) != '!') {
      reader.next();
      return named('>');
    }
    return switch (reader.peek()) {
      case '=', '!', '<' -> throw reader.error("look-around " + BACKTRACKING);
      case '>' -> throw reader.error("atomic group " + BACKTRACKING);
      case '(' -> throw reader.error("conditional group " + BACKTRACKING);
      case 'R', '&', 'P', '+', 'C', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          throw reader.error("recursion or callout " + BACKTRACKING);
      default -> options();
    };
  }

  private Node named(int end) {
    StringBuilder name = new StringBuilder();
    while (reader.peek() != PatternReader.END && ByteSet.WORD.contains(reader.peek())) {
      name.append((char) reader.next());
    }
    if (!reader.skip(end)) {
      throw reader.error("syntax error in subpattern name (missing terminator)");
    }
    if (names.putIfAbsent(name.toString(), groups + 1) != null) {
      throw reader.error("two named subpatterns have the same name");
    }
    return capturing();
  }

  /** Reads {@code (?i)} or {@code (?i:…)}; without a colon it holds to the end of the group. */
  private Node options() {
    Flags outer = flags;
    boolean on = true;
    while (true) {
      int letter = reader.next();
      switch (letter) {
        case '-' -> on = false;
        case 'i' -> flags = new Flags(on, flags.extended, flags.dotAll, flags.lines);
        case 'x' -> flags = new Flags(flags.ignoreCase, on, flags.dotAll, flags.lines);
        case 's' -> flags = new Flags(flags.ignoreCase, flags.extended, on, flags.lines);
        case 'm' -> flags = new Flags(flags.ignoreCase, flags.extended, flags.dotAll, on);
        case ')' -> {
          return Node.EMPTY;
        }
        case ':' -> {
          Node node = closed(choice());
          flags = outer;
          return node;
        }
        default -> throw reader.error("unrecognized character after (? or (?-");
      }
    }
  }
}
