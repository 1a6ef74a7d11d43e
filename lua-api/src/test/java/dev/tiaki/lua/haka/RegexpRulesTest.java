package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code require('regexp/pcre')} as rules use it. */
class RegexpRulesTest {
  private static final String[] PREAMBLE = {
    "local re = require('regexp/pcre').re",
    "local function stream(pieces, f, options)",
    "  local s = haka.vbuffer_stream()",
    "  local m = haka.vbuffer_stream_comanager:new(s)",
    "  m:start(0, f)",
    "  for i, piece in ipairs(pieces) do",
    "    local current = s:push(haka.vbuffer_from(piece))",
    "    if i == #pieces then s:finish() end",
    "    m:process_all(current)",
    "    while true do local b = s:pop(); if not b then break end",
    "      if options == 'show' then print('left', b:sub():asstring()) end end",
    "  end",
    "end"
  };

  private static String run(String... lines) {
    return new RuleReplay()
        .rules(String.join("\n", PREAMBLE) + "\n" + String.join("\n", lines))
        .text();
  }

  @Test
  void a_string_gives_the_text_of_the_match_and_where_it_is() {
    assertThat(
            run(
                "print(re:match('b+', 'abbbc'))",
                "print(re:match('x', 'abbbc'))",
                "print(re:match('%d+%.%d', 'v 10.5'), re:match('50%%', 'is 50%'))",
                "print(re:match('B', 'abc', re.CASE_INSENSITIVE))",
                "print((re:match(' b # letter', 'abc', re.EXTENDED)))",
                "print(re:compile('a|ab'):match('ab'))"))
        .isEqualTo(
            """
            bbb 1 4
            nil -1 -1
            10.5 2 6 50% 3 6
            b 1 2
            b
            a 0 1\
            """
                .replace("10.5 2 6", "10.5"));
  }

  @Test
  void captures_come_in_a_table() {
    assertThat(
            run(
                "local c = re:compile('(?<key>%w+)=(%w+)(;)?'):captures('x a=1')",
                "print(c[0], c[1], c[2], c[3], c.key, #c)", "print(re:compile('a'):captures('b'))"))
        .isEqualTo("a=1 a 1 false a 3\nnil");
  }

  @Test
  void a_range_gives_the_range_of_the_longest_match() {
    assertThat(
            run(
                "local b = haka.vbuffer_from('xa'); b:append(haka.vbuffer_from('bc;'))",
                "print(re:match('a|abc', b:sub()):asstring(), re:match('d', b:sub()))",
                "re:compile('abc'):match(b:sub()):setstring('-')",
                "print(b:sub():asstring())"))
        .isEqualTo("abc nil\nx-;");
  }

  @Test
  void an_iterator_moves_behind_each_match() {
    assertThat(
            run(
                "local b = haka.vbuffer_from('one 12, tw'); b:append(haka.vbuffer_from('o 345'))",
                "local it, digits = b:pos('begin'), re:compile('[0-9]+')",
                "print(digits:match(it), it.meter, digits:match(it, true):asstring(), it.iseof)",
                "print(digits:match(it), digits:match(it, true), it:available())"))
        .isEqualTo("true 6 345 true\nfalse nil 0");
  }

  @Test
  void a_blocking_iterator_waits_for_the_rest_of_a_match_that_is_kept_meanwhile() {
    assertThat(
            run(
                "stream({ 'x fo', 'o y', ' fo', 'b' }, function (it)",
                "  print('found', re:match('foo', it, 0, true):asstring())",
                "  print('again', re:match('foo', it, 0, true))",
                "end, 'show')"))
        .isEqualTo(
            """
            found foo
            left x fo
            left o y
            again nil
            left  fo
            left b\
            """);
  }

  @Test
  void a_match_that_could_have_grown_ends_where_it_was_longest() {
    assertThat(
            run(
                "stream({ 'abc', 'de', 'f', 'abx' }, function (it)",
                "  local r = re:compile('ab(cdeg)?')",
                "  print(r:match(it), it.meter, it:sub(2):asstring())",
                "  print(r:match(it, true):asstring(), it:sub('available'):asstring())",
                "end)"))
        .isEqualTo("true 2 cd\nab x");
  }

  @Test
  void a_sink_is_fed_strings() {
    assertThat(
            run(
                "local sink, at = re:compile('bar'):create_sink(), haka.regexp_result()",
                "print(at.first, at.last)",
                "print(sink:feed('foo b', false, at), sink:ispartial(), at.first, at.last)",
                "print(sink:feed('ar foo', true, at), sink:ispartial(), at.first, at.last)",
                "print(sink:feed('more', true, at), at.first, at.last)"))
        .isEqualTo("-1 -1\nfalse true 4 -1\ntrue false 4 7\ntrue 4 7");
  }

  @Test
  void a_sink_is_fed_ranges_and_says_where_the_match_begins_and_ends() {
    assertThat(
            run(
                "local sink = re:compile('aabc|abd'):create_sink()",
                "local a, b = haka.vbuffer_from('xaab'), haka.vbuffer_from('dy')",
                "local found, first, last = sink:feed(a:sub())",
                "print(found, first:sub('all'):asstring(), last)",
                "found, first, last = sink:feed(b:sub(), true)",
                "print(found, first:sub('all'):asstring(), last:sub('all'):asstring())",
                "print(sink:feed(b:sub()))",
                "local open = re:compile('[0-9]+'):create_sink()",
                "open:feed(haka.vbuffer_from('12'):sub())",
                "print(open:ispartial(), (open:feed(nil, true)))"))
        .isEqualTo("false aab nil\ntrue ab y\ntrue nil nil\ntrue true");
  }

  @Test
  void wrong_patterns_are_refused_with_pcres_words() {
    assertThat(
            run(
                "print(pcall(re.compile, re, 'a(b'))",
                "print(pcall(re.match, re, '[z', 'x'))",
                "print(pcall(re.compile, re, nil))",
                "print(pcall(re.compile, re, '(a)%1'))"))
        .isEqualTo(
            """
            false PCRE compilation failed with error 'missing )' at offset 3
            false PCRE compilation failed with error \
            'missing terminating ] for character class' at offset 2
            false nil argument
            false PCRE compilation failed with error 'back references are not supported' \
            at offset 4\
            """);
  }

  @Test
  void a_rule_pays_for_what_it_searches() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                "local re = require('regexp/pcre').re",
                "local text, r = string.rep('ab', 50000), re:compile('[ab]*a[ab]{200}c')",
                "haka.rule{ on = haka.events.started, eval = function ()",
                "  for i = 1, 1000000 do r:match(text) end",
                "end }");
    replay.haka.started();
    assertThat(replay.text()).contains("rule stopped");
  }

  /** Whatever the cuts of a stream, the matches are those of the whole text. */
  @Test
  void cuts_of_a_stream_change_no_match() {
    long seed = Long.getLong("tiaki.test.seed", System.nanoTime());
    Random random = new Random(seed);
    String[] patterns = {"a+b", "foo|foobar", "(ab|ba)*c", "^a.?", "b$", "%bab"};
    for (int round = 0; round < 40; round++) {
      String text = text(random);
      String pattern = patterns[random.nextInt(patterns.length)];
      String whole = run(matches(pattern), "stream({ '" + text + "' }, all)");
      String cut = run(matches(pattern), "stream({ '" + cut(text, random) + "' }, all)");
      assertThat(cut).as("seed %d /%s/ on %s", seed, pattern, text).isEqualTo(whole);
    }
  }

  private static String matches(String pattern) {
    return String.join(
        "\n",
        "local r = re:compile('" + pattern + "')",
        "local function all(it)",
        "  for i = 1, 40 do",
        "    local found = r:match(it, true)",
        "    if not found then break end",
        "    print(found:asstring(), it.meter)",
        "    if #found == 0 and it:advance(1) == 0 then break end",
        "  end",
        "end");
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    String[] words = {"a", "b", "ab", "c", "foo", "foobar", " ", "\\n"};
    for (int i = 0; i < 25; i++) {
      text.append(words[random.nextInt(words.length)]);
    }
    return text.toString();
  }

  private static String cut(String text, Random random) {
    StringBuilder cut = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      boolean inEscape = i > 0 && text.charAt(i - 1) == '\\';
      cut.append(i > 0 && !inEscape && random.nextInt(4) == 0 ? "', '" : "");
      cut.append(text.charAt(i));
    }
    return cut.toString();
  }
}
