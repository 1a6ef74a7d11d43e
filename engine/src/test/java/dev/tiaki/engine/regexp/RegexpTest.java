package dev.tiaki.engine.regexp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What patterns mean. */
class RegexpTest {
  private static final RegexpOptions ANY_CASE = new RegexpOptions(true, false);
  private static final RegexpOptions EXTENDED = new RegexpOptions(false, true);

  /** Returns what Perl would find, in brackets behind its offset. */
  private static String perl(String pattern, String text, RegexpOptions options) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    Regexp regexp = Regexp.compile(pattern.getBytes(ISO_8859_1), options);
    Match match = regexp.find(bytes, 0, bytes.length);
    return match == null
        ? "none"
        : match.first() + "[" + text.substring(match.first(), match.last()) + "]";
  }

  private static String perl(String pattern, String text) {
    return perl(pattern, text, RegexpOptions.NONE);
  }

  private static String longest(String pattern, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    Scan scan = Regexp.compile(pattern).scan();
    scan.feed(bytes, 0, bytes.length);
    scan.end();
    return scan.isMatched()
        ? scan.first() + "[" + text.substring((int) scan.first(), (int) scan.last()) + "]"
        : "none";
  }

  private static String refused(String pattern) {
    try {
      Regexp.compile(pattern);
      return "accepted";
    } catch (RegexpSyntaxException e) {
      return e.reason() + " at " + e.offset();
    }
  }

  @Test
  void alternatives_are_tried_in_order_but_streams_take_the_longest() {
    assertThat(perl("a|ab|abc", "xabc")).isEqualTo("1[a]");
    assertThat(longest("a|ab|abc", "xabc")).isEqualTo("1[abc]");
    assertThat(perl("abcd|bc", "abce")).isEqualTo("1[bc]");
    assertThat(longest("abcd|bc", "abcd")).isEqualTo("0[abcd]");
  }

  @Test
  void lazy_quantifiers_count_for_perl_only() {
    assertThat(perl("<.+?>", "<a><b>")).isEqualTo("0[<a>]");
    assertThat(perl("<.+>", "<a><b>")).isEqualTo("0[<a><b>]");
    assertThat(longest("<.+?>", "<a><b>")).isEqualTo("0[<a><b>]");
  }

  @Test
  void counted_repetitions() {
    assertThat(perl("a{2,3}", "caaaa")).isEqualTo("1[aaa]");
    assertThat(perl("a{2,3}?", "caaaa")).isEqualTo("1[aa]");
    assertThat(perl("a{2}b{0,}", "caabb")).isEqualTo("1[aabb]");
    assertThat(perl("x{a}", "x{a}")).isEqualTo("0[x{a}]");
    assertThat(perl("a{,3}", "a{,3}")).isEqualTo("0[a{,3}]");
  }

  @Test
  void lines_begin_and_end_at_line_breaks() {
    assertThat(perl("^b$", "a\nb\nc")).isEqualTo("2[b]");
    assertThat(longest("^b$", "a\nb\nc")).isEqualTo("2[b]");
    assertThat(perl("\\Ab", "a\nb")).isEqualTo("none");
    assertThat(perl("b\\z", "b\nb")).isEqualTo("2[b]");
    assertThat(perl("(?-m)^b", "a\nb")).isEqualTo("none");
    assertThat(perl("a.c", "a\nc")).isEqualTo("none");
    assertThat(perl("(?s)a.c", "a\nc")).isEqualTo("0[a\nc]");
    assertThat(longest("^", "x")).isEqualTo("0[]");
    assertThat(longest("x\n^", "x\n")).isEqualTo("none");
  }

  @Test
  void words_have_boundaries() {
    assertThat(perl("\\bfoo\\b", "food foo")).isEqualTo("5[foo]");
    assertThat(longest("\\bfoo\\b", "food foo")).isEqualTo("5[foo]");
    assertThat(longest("\\Boo", "oo foo")).isEqualTo("4[oo]");
  }

  @Test
  void classes_ranges_and_posix_names() {
    assertThat(perl("[[:alpha:]]+", "12ab3")).isEqualTo("2[ab]");
    assertThat(perl("[^[:blank:]]+", " \tx;")).isEqualTo("2[x;]");
    assertThat(perl("[]a]+", "b]a")).isEqualTo("1[]a]");
    assertThat(perl("[a\\-z]+", "ybz-a")).isEqualTo("2[z-a]");
    assertThat(perl("[\\w-]+", "!a-b")).isEqualTo("1[a-b]");
    assertThat(perl("[^()<>@,;:\\\\\"/\\[\\]?={}[:blank:]]+", "(GET x")).isEqualTo("1[GET]");
    assertThat(perl("[\\x00-\\x1f]", "a\u0001")).isEqualTo("1[\u0001]");
    assertThat(perl("[\u00e9-\u00ff]", "a\u00f0")).isEqualTo("1[\u00f0]");
  }

  @Test
  void escapes_name_bytes_and_classes() {
    assertThat(perl("\\d+\\.\\x41\\101\\t", "1.AA\t")).isEqualTo("0[1.AA\t]");
    assertThat(perl("\\Qa.b*\\E+", "aab a.b**")).isEqualTo("4[a.b**]");
    assertThat(perl("a\\Rb", "a\r\nb")).isEqualTo("0[a\r\nb]");
    assertThat(perl("\\x{ff}\\cA", "\u00ff\u0001")).isEqualTo("0[\u00ff\u0001]");
  }

  @Test
  void options_hold_in_their_group() {
    assertThat(perl("camel", "CaMeL", ANY_CASE)).isEqualTo("0[CaMeL]");
    assertThat(perl("[^a]", "Ab", ANY_CASE)).isEqualTo("1[b]");
    assertThat(perl("a(?i)b|c", "C")).isEqualTo("0[C]");
    assertThat(perl("(?i:a)b", "AB")).isEqualTo("none");
    assertThat(perl(" a b # comment\n c", "abc", EXTENDED)).isEqualTo("0[abc]");
    assertThat(perl("a(?#noted)b", "ab")).isEqualTo("0[ab]");
  }

  @Test
  void groups_are_captured() {
    byte[] text = "key=value;".getBytes(ISO_8859_1);
    Regexp regexp = Regexp.compile("(?<name>\\w+)=(\\w+?)(e)?;(x)?");
    Match match = regexp.findGroups(text, 0, text.length);
    assertThat(match).isNotNull();
    assertThat(match.groups())
        .containsExactly(
            new Match.Range(0, 10),
            new Match.Range(0, 3),
            new Match.Range(4, 8),
            new Match.Range(8, 9),
            new Match.Range(-1, -1));
    assertThat(regexp.names()).containsEntry("name", 1);
  }

  @Test
  void what_is_wrong_with_a_pattern_is_said_in_the_words_of_pcre() {
    assertThat(refused("?")).isEqualTo("nothing to repeat at 0");
    assertThat(refused("a**")).isEqualTo("accepted");
    assertThat(refused("(a")).isEqualTo("missing ) at 2");
    assertThat(refused("a)")).isEqualTo("unmatched parentheses at 1");
    assertThat(refused("[a")).isEqualTo("missing terminating ] for character class at 2");
    assertThat(refused("[z-a]")).isEqualTo("range out of order in character class at 4");
    assertThat(refused("a\\")).isEqualTo("\\ at end of pattern at 2");
    assertThat(refused("a{3,2}")).isEqualTo("numbers out of order in {} quantifier at 6");
    assertThat(refused("[[:none:]]")).isEqualTo("unknown POSIX class name at 7");
    assertThat(refused("(?z)")).isEqualTo("unrecognized character after (? or (?- at 3");
  }

  @Test
  void what_needs_backtracking_is_refused() {
    assertThat(refused("(a)\\1")).startsWith("back references are not supported");
    assertThat(refused("a(?=b)")).startsWith("look-around needs backtracking");
    assertThat(refused("(?>a+)")).startsWith("atomic group needs backtracking");
    assertThat(refused("a++")).startsWith("possessive quantifier needs backtracking");
    assertThat(refused("(?R)")).startsWith("recursion or callout needs backtracking");
  }

  @Test
  void patterns_that_would_explode_are_refused_when_compiled() {
    assertThatThrownBy(() -> Regexp.compile("((a{1000}){1000}){1000}"))
        .isInstanceOf(RegexpSyntaxException.class)
        .hasMessage("regular expression is too large");
    assertThatThrownBy(() -> Regexp.compile("((){60000}){60000}"))
        .hasMessage("regular expression is too large");
    assertThatThrownBy(() -> Regexp.compile("(".repeat(300) + ")".repeat(300)))
        .hasMessage("parentheses are too deeply nested");
  }

  @Test
  void what_explodes_in_a_backtracking_engine_takes_few_steps_here() {
    String text = "a".repeat(50_000);
    for (String pattern : new String[] {"(a*)*b", "(a|aa)+$b", "(x+x+)+y|(a?){30}a{30}b"}) {
      Regexp regexp = Regexp.compile(pattern);
      byte[] bytes = text.getBytes(ISO_8859_1);
      assertThat(regexp.find(bytes, 0, bytes.length)).isNull();
      assertThat(regexp.work()).as(pattern).isLessThan(100_000);
    }
  }

  @Test
  void a_text_that_asks_for_ever_new_states_is_still_searched_in_linear_time() {
    Regexp regexp = Regexp.compile("[ab]*a[ab]{60}c");
    byte[] text = new byte[200_000];
    long random = 42;
    for (int i = 0; i < text.length; i++) {
      random = random * 6364136223846793005L + 1442695040888963407L;
      text[i] = (byte) (random < 0 ? 'a' : 'b');
    }
    assertThat(regexp.find(text, 0, text.length)).isNull();
    assertThat(regexp.work() / text.length).isLessThan(400);
  }
}
