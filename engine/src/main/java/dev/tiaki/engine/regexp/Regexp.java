package dev.tiaki.engine.regexp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled pattern: PCRE's syntax over bytes, with {@code ^} and {@code $} at line breaks. Every
 * search takes time in proportion to the text, whatever the pattern and the text. Used by one
 * thread: what it learns of its automaton it keeps.
 */
public final class Regexp {
  private final Program program;
  private final ByteKinds kinds;
  private final int groups;
  private final Map<String, Integer> names;
  private @Nullable Automaton searching;
  private @Nullable Automaton anchored;
  private @Nullable OrderedMatch whole;
  private @Nullable OrderedMatch capturing;

  private Regexp(Program program, int groups, Map<String, Integer> names) {
    this.program = program;
    this.groups = groups;
    this.names = Map.copyOf(names);
    kinds = new ByteKinds(program);
  }

  /**
   * Compiles a pattern, of which each byte stands for itself where it has no meaning.
   *
   * @throws RegexpSyntaxException when it is not understood or too large
   */
  public static Regexp compile(byte[] pattern, RegexpOptions options) {
    PatternParser parser = new PatternParser(pattern, options);
    Node tree = parser.parse();
    return new Regexp(Program.of(tree, pattern.length), parser.groups(), parser.names());
  }

  /** As {@link #compile(byte[], RegexpOptions)}, the characters of the pattern being its bytes. */
  public static Regexp compile(String pattern) {
    return compile(pattern.getBytes(ISO_8859_1), RegexpOptions.NONE);
  }

  /** Begins a search for the leftmost, longest match in a text that comes in pieces. */
  public Scan scan() {
    return new Scan(searcher());
  }

  /** Begins a search for the longest match that begins with the text. */
  public Scan anchoredScan() {
    Automaton known = anchored;
    if (known == null) {
      known = new Automaton(program, kinds, true);
      anchored = known;
    }
    return new Scan(known);
  }

  private Automaton searcher() {
    Automaton known = searching;
    if (known == null) {
      known = new Automaton(program, kinds, false);
      searching = known;
    }
    return known;
  }

  /** Returns the match that Perl would find, without its groups; null when there is none. */
  public @Nullable Match find(byte[] text, int offset, int length) {
    OrderedMatch matcher = whole;
    if (matcher == null) {
      matcher = new OrderedMatch(program, 0);
      whole = matcher;
    }
    return find(matcher, 0, text, offset, length);
  }

  /** Returns the match that Perl would find, with its groups; null when there is none. */
  public @Nullable Match findGroups(byte[] text, int offset, int length) {
    OrderedMatch matcher = capturing;
    if (matcher == null) {
      matcher = new OrderedMatch(program, groups);
      capturing = matcher;
    }
    return find(matcher, groups, text, offset, length);
  }

  private @Nullable Match find(
      OrderedMatch matcher, int wanted, byte[] text, int offset, int length) {
    Scan scan = scan();
    if (!scan.feed(text, offset, length)) {
      scan.end();
    }
    if (!scan.isMatched()) {
      return null;
    }
    int[] slots = matcher.find(text, offset, length, (int) scan.first());
    List<Match.Range> ranges = new ArrayList<>(wanted + 1);
    for (int group = 0; group <= wanted; group++) {
      int last = slots[2 * group + 1];
      ranges.add(new Match.Range(last < 0 ? -1 : slots[2 * group], last));
    }
    return new Match(ranges);
  }

  /** Returns how many capturing groups there are. */
  public int groups() {
    return groups;
  }

  /** Returns the numbers of the groups that have names. */
  public Map<String, Integer> names() {
    return names;
  }

  /** Returns how many steps searches have taken so far beside one for each byte. */
  public long work() {
    return work(searching) + work(anchored) + work(whole) + work(capturing);
  }

  private static long work(@Nullable Automaton automaton) {
    return automaton == null ? 0 : automaton.work();
  }

  private static long work(@Nullable OrderedMatch matcher) {
    return matcher == null ? 0 : matcher.work();
  }
}
