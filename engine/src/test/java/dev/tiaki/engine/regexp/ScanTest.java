package dev.tiaki.engine.regexp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Searches in texts that come in pieces. */
class ScanTest {
  private static Scan fed(String pattern, String... pieces) {
    Scan scan = Regexp.compile(pattern).scan();
    for (String piece : pieces) {
      scan.feed(piece.getBytes(ISO_8859_1), 0, piece.length());
    }
    return scan;
  }

  @Test
  void a_match_is_known_as_soon_as_nothing_can_extend_it() {
    Scan scan = fed("ab", "aa", "b");
    assertThat(scan.isMatched()).isTrue();
    assertThat(scan.first()).isEqualTo(1);
    assertThat(scan.last()).isEqualTo(3);
  }

  @Test
  void a_match_that_may_grow_waits_for_more() {
    Scan scan = fed("[0-9]+", "x12");
    assertThat(scan.isMatched()).isFalse();
    assertThat(scan.isPartial()).isTrue();
    assertThat(scan.first()).isEqualTo(1);
    assertThat(scan.last()).isEqualTo(-1);
    scan.feed("3;".getBytes(ISO_8859_1), 0, 2);
    assertThat(scan.isMatched()).isTrue();
    assertThat(scan.last()).isEqualTo(4);
  }

  @Test
  void the_end_decides_what_could_have_grown() {
    Scan scan = fed("[0-9]+", "x12");
    scan.end();
    assertThat(scan.isMatched()).isTrue();
    assertThat(scan.last()).isEqualTo(3);
  }

  @Test
  void an_unfinished_match_stays_partial_at_the_end() {
    Scan scan = fed("abc", "aaa");
    scan.end();
    assertThat(scan.isMatched()).isFalse();
    assertThat(scan.isPartial()).isTrue();
    assertThat(scan.first()).isEqualTo(2);
  }

  @Test
  void a_match_that_began_inside_a_failed_one_is_found() {
    Scan scan = fed("aabc|abd", "aab", "d");
    assertThat(scan.isMatched()).isTrue();
    assertThat(scan.first()).isEqualTo(1);
    assertThat(scan.last()).isEqualTo(4);
  }

  @Test
  void an_anchored_search_ends_with_the_first_byte_that_does_not_fit() {
    Scan scan = Regexp.compile("ab").anchoredScan();
    assertThat(scan.feed("xab".getBytes(ISO_8859_1), 0, 3)).isTrue();
    assertThat(scan.isMatched()).isFalse();
    assertThat(scan.isPartial()).isFalse();
  }

  @Test
  void line_ends_are_seen_over_cuts() {
    assertThat(fed("a$", "xa", "\n").isMatched()).isTrue();
    assertThat(fed("^b", "a\n", "b").isMatched()).isTrue();
    assertThat(fed("a\\b", "a", "b", " a", "-").first()).isEqualTo(3);
  }

  /** Any cut gives the match that the whole text gives; the naive search says which that is. */
  @Test
  void random_patterns_over_random_cuts_find_what_a_naive_search_finds() {
    long seed = Long.getLong("tiaki.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      String pattern = PatternMaker.pattern(random, 3);
      String text = PatternMaker.text(random);
      String label = "seed " + seed + " /" + pattern + "/ on '" + text + "'";
      String expected = NaiveSearch.leftmostLongest(pattern, text);
      for (int cut = 0; cut < 3; cut++) {
        assertThat(found(pattern, text, random)).as(label).isEqualTo(expected);
      }
    }
  }

  private static String found(String pattern, String text, Random random) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    Scan scan = Regexp.compile(pattern).scan();
    TreeSet<Integer> cuts = new TreeSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      cuts.add(random.nextInt(bytes.length + 1));
    }
    cuts.add(bytes.length);
    int from = 0;
    for (int to : cuts) {
      if (scan.feed(bytes, from, to - from)) {
        break;
      }
      from = to;
    }
    scan.end();
    return scan.isMatched() ? scan.first() + "-" + scan.last() : "none";
  }

  @Test
  void random_patterns_find_in_strings_what_a_backtracking_engine_finds() {
    long seed = Long.getLong("tiaki.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      String pattern = PatternMaker.pattern(random, 3);
      String text = PatternMaker.text(random) + "-"; // java's ^ never holds in an empty text
      Matcher matcher =
          Pattern.compile(pattern, Pattern.MULTILINE | Pattern.UNIX_LINES).matcher(text);
      String expected = matcher.find() ? matcher.start() + "-" + matcher.end() : "none";
      byte[] bytes = text.getBytes(ISO_8859_1);
      Match match = Regexp.compile(pattern).find(bytes, 0, bytes.length);
      assertThat(match == null ? "none" : match.first() + "-" + match.last())
          .as("seed " + seed + " /" + pattern + "/ on '" + text + "'")
          .isEqualTo(expected);
    }
  }
}
