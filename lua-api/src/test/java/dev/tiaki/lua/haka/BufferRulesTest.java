package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The vbuffer family as rules use it, without traffic. */
class BufferRulesTest {
  private static String run(String... lines) {
    return new RuleReplay().rules(lines).text();
  }

  @Test
  void a_buffer_is_read_and_written_by_octet() {
    assertThat(
            run(
                "local b = haka.vbuffer_from('abc')",
                "print(#b, b[1], b[3], b[4], b.modified)",
                "b[1] = 65; b[9] = 1",
                "print(b:sub():asstring(), b.modified)",
                "print(#haka.vbuffer_allocate(5), haka.vbuffer_allocate(2)[1])"))
        .isEqualTo("3 97 99 255 false\nAbc true\n5 0");
  }

  @Test
  void buffers_are_appended_and_cloned() {
    assertThat(
            run(
                "local a, b = haka.vbuffer_from('ab'), haka.vbuffer_from('cd')",
                "a:append(b)",
                "print(#a, #b, pcall(a.append, a, a))",
                "local c = a:clone()",
                "c[1] = 88",
                "print(a:sub():asstring(), c:sub():asstring())",
                "local frozen = a:clone('ro clone')",
                "print(pcall(function () frozen[1] = 1 end))",
                "print(pcall(a.clone, a, 'odd'))"))
        .isEqualTo(
            """
            4 0 false circular buffer insertion
            abcd Xbcd
            false read only buffer
            false invalid clone mode\
            """);
  }

  @Test
  void positions_and_ranges_are_named_or_counted() {
    assertThat(
            run(
                "local b = haka.vbuffer_from('0123456789')",
                "print(b:sub(2, 3):asstring(), b:sub(8):asstring(), b:sub(8, 'all'):asstring())",
                "print(#b:sub(8, 100), b:pos('end'):available(), b:pos('begin'):available())",
                "print(b:pos(4):sub(2):asstring(), b:pos(-1):available(), b:pos(99):available())",
                "print(pcall(b.pos, b, 'middle'))",
                "print(pcall(b.pos, b))",
                "print(pcall(b.sub, b, 0, 'most'))",
                "print(b:sub(2, 6):sub(1, 2):asstring(), b:sub(2, 6):pos(1):sub(2):asstring())"))
        .isEqualTo(
            """
            234 89 89
            2 0 10
            45 0 0
            false unknown buffer position: middle
            false missing pos parameter
            false unknown sub buffer mode: most
            34 34\
            """);
  }

  @Test
  void ranges_are_edited() {
    assertThat(
            run(
                "local b = haka.vbuffer_from('0123456789')",
                "b:sub(0, 2):zero(); print(b[1], b[2], b[3])",
                "b:sub(0, 3):erase(); print(b:sub():asstring())",
                "b:sub(0, 2):replace(haka.vbuffer_from('abc')); print(b:sub():asstring())",
                "b:sub(0, 2):setfixedstring('XYZ'); print(b:sub():asstring())",
                "b:sub(0, 3):setstring('long text'); print(b:sub():asstring(), #b)",
                "print(b:sub(0, 4):check_size(3), b:sub(0, 4):size())",
                "print(b:sub():isflat()); b:sub():flatten(); print(b:sub():isflat())"))
        .isEqualTo(
            """
            0 0 50
            3456789
            abc56789
            XYc56789
            long text56789 14
            true 4
            false
            true\
            """);
  }

  @Test
  void check_size_also_tells_what_there_is() {
    assertThat(
            run(
                "local s = haka.vbuffer_from('abcd'):sub()",
                "print(s:check_size(3))",
                "print(s:check_size(9))"))
        .isEqualTo("true 3\nfalse 4");
  }

  @Test
  void a_selection_is_taken_out_and_put_back() {
    assertThat(
            run(
                "local b = haka.vbuffer_from('0123456789')",
                "local ref, out = b:sub(2, 4):select()",
                "print(out:sub():asstring(), b:sub():asstring())",
                "ref:restore(haka.vbuffer_from('-'))",
                "print(b:sub():asstring())",
                "local it = b:pos(1)",
                "print(pcall(it.restore, it, haka.vbuffer_from('x')))"))
        .isEqualTo("2345 016789\n01-6789\nfalse invalid restore iterator");
  }

  @Test
  void numbers_and_bits_are_read_and_written() {
    assertThat(
            run(
                "local b = haka.vbuffer_from('\\255\\254\\253\\252\\251\\250\\249\\248')",
                "print(b:sub(0, 1):asnumber(), b:sub(0, 2):asnumber(), b:sub(0, 4):asnumber())",
                "print(b:sub(0, 2):asnumber('little'), b:sub(0, 2):asnumber('big'))",
                "print(pcall(function () return b:sub(0, 3):asnumber() end))",
                "b:sub(0, 2):setnumber(0x1234); b:sub(2, 2):setnumber(0x1234, 'little')",
                "print(b[1], b[2], b[3], b[4])",
                "print(b:sub(0, 2):asbits(4, 8), b:sub(0, 1):asbits(0, 4))",
                "b:sub(0, 2):setbits(4, 8, 0xff); print(b[1], b[2])",
                "print(pcall(function () b:sub(0, 1):setnumber(256) end))",
                "print(pcall(function () b:sub(0, 1):asbits(9, 1) end))"))
        .isEqualTo(
            """
            255 65534 -66052
            65279 65534
            false asnumber: unsupported size 3
            18 52 52 18
            35 1
            31 244
            false setnumber: invalid number, value does not fit in 1 bytes
            false asbits: invalid bit offset\
            """);
  }

  @Test
  void iterators_advance_insert_and_count() {
    assertThat(
            run(
                "local b = haka.vbuffer_from('0123456789')",
                "local it = b:pos('begin')",
                "print(it:advance(3), it.meter, it:available(), it.iseof)",
                "local sub = it:insert(haka.vbuffer_from('ab'))",
                "print(sub:asstring(), it:sub(2):asstring(), b:sub():asstring())",
                "local other = it:copy()",
                "print(it:check_available(5), it:check_available(6))",
                "print(it:sub('available'):asstring(), it:sub('available'), it.iseof, it:wait())",
                "it:move_to(other); it.meter = 100",
                "print(it:sub('all'):asstring(), #it:sub('all'), it.meter)",
                "print(pcall(other.insert, other))",
                "print(pcall(other.unmark, other))"))
        .isEqualTo(
            """
            3 3 7 false
            ab 34 012ab3456789
            true false 5
            56789 nil true true
            56789 0 105
            false missing data parameter
            false iterator is not a mark\
            """);
  }

  @Test
  void an_iterator_whose_octets_are_gone_is_invalid() {
    assertThat(
            run(
                "local b = haka.vbuffer_from('0123456789')",
                "local it = b:pos(5)",
                "b:sub(2, 6):erase()",
                "print(pcall(it.advance, it, 1))",
                "local sub = haka.vbuffer_sub(b:pos(1), b:pos(3))",
                "print(sub:asstring())",
                "for part in b:pos(1):foreach_available() do print(part:asstring()) end",
                "local split = b:pos(2); split:split(); print(#b)"))
        .isEqualTo("false invalid buffer iterator\n18\n189\n4");
  }

  @Test
  void a_stream_gives_back_what_was_pushed_as_edited() {
    assertThat(
            run(
                "local s = haka.vbuffer_stream()",
                "local it = s:push(haka.vbuffer_from('abc'))",
                "s:push(haka.vbuffer_from('def'))",
                "print(#s.data, s.isfinished, it:sub(2):asstring())",
                "it:insert(haka.vbuffer_from('-'))",
                "local mark = it:copy(); mark:mark()",
                "print(s:pop())",
                "mark:unmark()",
                "print(s:pop():sub():asstring(), s:pop():sub():asstring(), s:pop())",
                "s:finish()",
                "print(s.isfinished, pcall(s.push, s, haka.vbuffer_from('x')))"))
        .isEqualTo("6 false ab\nnil\nab-c def nil\ntrue false stream marked as finished");
  }

  @Test
  void a_sub_stream_puts_its_octets_back() {
    assertThat(
            run(
                "local b = haka.vbuffer_from('0123456789')",
                "local s = haka.vbuffer_sub_stream()",
                "local it = s:push(b:sub(2, 4))",
                "print(#s.data, #b, s:push(nil), s.isfinished)",
                "it:insert(haka.vbuffer_from('ab'))",
                "print(s:pop():asstring(), b:sub():asstring(), s:pop())"))
        .isEqualTo("4 6 nil false\nab2345 01ab23456789 nil");
  }

  @Test
  void coroutines_of_a_stream_are_resumed_with_each_piece() {
    assertThat(
            run(
                "local s = haka.vbuffer_stream()",
                "local m = s:getcomanager()",
                "print(m == s:getcomanager(), m:has('x'))",
                "m:start('x', function (it)",
                "  print(it:sub(4):asstring()); print(it:wait(), it.meter)",
                "end)",
                "local it = s:push(haka.vbuffer_from('abc')); m:process('x', it)",
                "it = s:push(haka.vbuffer_from('def')); m:process_all(it)",
                "print(m:has('x'))",
                "m:start('y', function (it) error('broken', 0) end)",
                "print(pcall(m.process, m, 'y', it))",
                "print(pcall(m.process, m, 'y', it))"))
        .isEqualTo("true false\nabcd\ntrue 4\ntrue\nfalse broken\nfalse broken");
  }

  @Test
  void unknown_names_are_errors() {
    assertThat(
            run(
                "local b = haka.vbuffer_from('a')",
                "print(pcall(function () return b.none end))",
                "print(pcall(function () b.none = 1 end))",
                "print(pcall(function () return b:sub().none end))"))
        .isEqualTo(
            """
            false unknown field 'none'
            false unknown field 'none'
            false unknown field 'none'\
            """);
  }

  @Test
  void the_metatable_of_a_type_takes_new_methods() {
    assertThat(
            run(
                "local class = swig.getclassmetatable('vbuffer')",
                "class['.fn'].first = function (self) return self[1] end",
                "print(haka.vbuffer_from('a'):first(), class['.type'], swig_type(haka.vbuffer_from('')))",
                "print(pcall(swig.getclassmetatable, 'odd'))"))
        .isEqualTo("97 vbuffer vbuffer\nfalse unknown swig class 'odd'");
  }
}
