package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code haka.grammar} as rules use it. */
class GrammarRulesTest {
  private static String run(String source) {
    return new RuleReplay().rules(GrammarLab.PREAMBLE + source).text();
  }

  @Test
  void a_record_has_its_fields_and_writes_them_back() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  msg = record{
                    field('version', number(4)), field('kind', number(4)),
                    field('size', number(16)), field('little', number(16, 'little')),
                    field('on', flag), number(7),
                    field('big', number(32)),
                    field('name', token('[a-z]+')), token(';'),
                    field('rest', bytes()),
                  }
                  export(msg)
                end)
                local buf = haka.vbuffer_from('\\x45\\x01\\x02\\x01\\x02\\x80\\xff\\xff\\xff\\xffabc;tail')
                local r, err = g.msg:parse(buf:pos('begin'))
                print(r.version, r.kind, r.size, r.little, r.on, r.big, r.name, r.rest:asstring(), err)
                r.kind, r.size, r.on, r.name = 7, 772, false, 'longer'
                print(buf[1], buf[2], buf[3], buf[6], r.kind, r.name)
                print(buf:sub(10):asstring(), r.unknown)
                print(pcall(function () r.kind = 16 end))
                print(pcall(function () r.name = '1' end))
                """))
        .isEqualTo(
            """
            4 5 258 513 true 4294967295 abc tail nil
            71 3 4 0 7 longer
            longer;tail nil
            false setbits: invalid number, value does not fit in 4 bits
            false rules.lua:36: token value '1' does not verify /[a-z]+/\
            """);
  }

  @Test
  void records_nest_and_know_the_results_around_them() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  inner = record{ field('n', number(8)) }
                  msg = record{
                    field('a', number(8)),
                    field('sub', record{ field('b', number(8)), field('c', inner) }
                      :apply(function (value, res, ctx) print(value.b, res.a, ctx:result(1).a) end)),
                  }
                  export(msg)
                end)
                local r = parse(g.msg, '\\1\\2\\3')
                print(r.sub.b, r.sub.c.n, r.sub._parent == r, type(r), tostring(r.sub):match('Result') ~= nil)
                """))
        .isEqualTo("2 1 1\n2 3 true table true");
  }

  @Test
  void a_sequence_gives_fields_of_its_records_to_the_result_around_it() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  msg = sequence{ record{ field('a', number(8)) }, record{ field('b', number(8)) } }
                  export(msg)
                end)
                local r = parse(g.msg, '\\1\\2')
                print(r.a, r.b)
                """))
        .isEqualTo("1 2");
  }

  @Test
  void the_longest_part_of_a_union_says_where_it_ends() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  msg = record{
                    field('a', number(7)),
                    union{ field('b', number(8)), field('c', number(3)) },
                    field('d', number(9)) }
                  named = record{ field('u', union{ field('x', number(8)), field('y', number(16)) }) }
                  export(msg, named)
                end)
                local r = parse(g.msg, '\\x42\\xC1\\xAA')
                print(r.a, r.b, r.c, r.d)
                r = parse(g.named, '\\1\\2')
                print(r.u.x, r.u.y)
                """))
        .isEqualTo("33 96 3 426\n1 258");
  }

  @Test
  void try_takes_the_first_case_that_parses_and_undoes_the_others() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  msg = record{
                    try{ record{ field('a', number(8)), field('x', token('x')) },
                         record{ field('b', number(8)), field('y', token('y')) } },
                    field('last', number(8)) }
                  none = record{ try{ token('a'), token('b') } }
                  export(msg, none)
                end)
                local r, err = parse(g.msg, '\\1y\\2')
                print(r.a, r.x, r.b, r.y, r.last, err)
                r, err = parse(g.none, 'c')
                print(err)
                """))
        .isEqualTo(
            """
            nil nil 1 y 2 nil
            parse error at byte 0 for field none in <unknown>: cannot find a successful try case\
            """);
  }

  @Test
  void a_branch_is_chosen_by_a_function() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  local by = function (r) return r.t end
                  msg = record{ field('t', number(8)),
                    branch({ [1] = field('one', number(8)), [2] = field('two', token('.')) }, by) }
                  named = record{ field('t', number(8)),
                    field('v', branch({ [1] = number(8), [2] = token('..'), default = 'continue' }, by)) }
                  rest = record{ field('t', number(8)),
                    branch({ default = field('d', bytes():count(1)) }, by),
                    optional(field('o', number(8)), function (r) return r.t == 5 end) }
                  export(msg, named, rest)
                end)
                print(parse(g.msg, '\\1\\7').one, parse(g.msg, '\\2x').two)
                print(parse(g.named, '\\1\\7').v, parse(g.named, '\\2xy').v, parse(g.named, '\\3xy').v)
                local r = parse(g.rest, '\\5ab')
                print(r.d:asstring(), r.o, parse(g.rest, '\\6ab').o)
                print(select(2, parse(g.msg, '\\3x')))
                """))
        .isEqualTo(
            """
            7 x
            7 xy nil
            a 98 nil
            parse error at byte 1 for field msg in <unknown>: invalid case\
            """);
  }

  @Test
  void arrays_go_on_by_count_and_by_conditions() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  item = record{ field('n', number(8)) }
                  counted = record{ field('size', number(8)),
                    field('items', array(item):count(function (r, ctx) return r.size end)) }
                  till = record{ field('items', array(item):untilcond(function (e, ctx) return e and e.n == 0 end)) }
                  while_ = record{ field('items', array(item):whilecond(function (e, ctx) return not e or e.n > 1 end)) }
                  export(counted, till, while_)
                end)
                local function show(r)
                  local all = {}
                  for _, e in ipairs(r.items) do table.insert(all, e.n) end
                  print(#r.items, table.concat(all, ' '))
                end
                show(parse(g.counted, '\\2\\7\\8\\9'))
                show(parse(g.till, '\\3\\2\\0\\9'))
                show(parse(g.while_, '\\3\\2\\1\\9'))
                """))
        .isEqualTo("2 7 8\n3 3 2 0\n3 3 2 1");
  }

  @Test
  void an_element_is_appended_behind_elements_without_bytes_whatever_table_it_is() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  item = record{ field('data', bytes():count(function (_, ctx)
                    return table.remove(ctx.user, 1)
                  end)) }
                  msg = record{
                    field('items', array(item):count(3):creation(function (entity, init)
                      return haka.vbuffer_from(init), { mine = init }
                    end)),
                    field('rest', bytes()) }
                  export(msg)
                end)
                local buf = haka.vbuffer_from('abXY')
                local r = g.msg:parse(buf:pos('begin'), { 2, 0, 0 })
                r.items:append('new')
                r.items:append('er')
                print(#r.items, r.items[4].mine, buf:sub():asstring(), r.rest:asstring())
                r.items:remove(r.items[4])
                print(#r.items, r.items[4].mine, buf:sub():asstring())
                r.items:remove(1) r.items:remove(9) r.items:remove('none')
                print(#r.items, buf:sub():asstring())
                r.items:append('last')
                print(buf:sub():asstring())
                """))
        .isEqualTo("5 new abnewerXY XY\n4 er aberXY\n3 erXY\nerlastXY");
  }

  @Test
  void elements_are_removed_and_appended_even_to_an_empty_array() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  item = record{ field('a', number(3)), field('b', number(13)) }
                  msg = record{ field('size', number(8)),
                    field('items', array(item):count(function (r) return r.size end)
                      :creation(function (entity, init)
                        local buf = haka.vbuffer_allocate(2)
                        return buf, entity:create(buf:pos('begin'), init)
                      end)),
                    field('end_', number(8)) }
                  fixed = record{ field('items', array(item):count(0)) }
                  export(msg, fixed)
                end)
                local buf = haka.vbuffer_from('\\2\\x20\\1\\x40\\2\\9')
                local r = g.msg:parse(buf:pos('begin'))
                r.items:remove(r.items[1])
                print(#r.items, r.items[1].a, r.items[1].b, #buf)
                r.items:append({ a = 4, b = 5 })
                print(#r.items, r.items[2].a, r.items[2].b, #buf, buf[4], buf[5], r.end_)
                r.items:remove(1); r.items:remove(1)
                print(#r.items, #buf)
                r.items:append({ a = 1, b = 1 })
                print(#r.items, r.items[1].a, #buf, buf[2], buf[4])
                local empty = g.fixed:parse(haka.vbuffer_from('x'):pos('begin'))
                print(pcall(empty.items.append, empty.items, {}))
                """))
        .isEqualTo(
            """
            1 2 2 4
            2 4 5 6 128 5 9
            0 2
            1 1 4 32 9
            false missing create function in array options\
            """);
  }

  @Test
  void values_are_converted_checked_and_computed() {
    assertThat(
            run(
                """
                local c = haka.grammar.converter
                local g = grammar(function ()
                  msg = record{
                    field('len', number(8):convert(converter.mult(4))),
                    field('sum', number(8):validate(function (r) r.sum = r.len + 1 end)),
                    field('code', token('[0-9]+'):convert(converter.tonumber('%d', 10))),
                    token(';'):const(';'),
                    field('text', text:count(2)),
                  }
                  export(msg)
                end)
                local buf = haka.vbuffer_from('\\2\\99' .. '250;ab')
                local r = g.msg:parse(buf:pos('begin'))
                print(r.len, r.sum, r.code + 1, r.text)
                r.len, r.code, r.text = 12, 7, 'xyz'
                print(buf:sub(2):asstring(), buf[1], r.text)
                print(pcall(function () r.len = 5 end))
                r.sum = nil
                print(buf[2]); r:validate(); print(buf[2], r.sum)
                r.sum = nil
                print(r.sum)
                """))
        .isEqualTo(
            """
            8 99 251 ab
            7;xyz 3 xyz
            false rules.lua:34: invalid value, it must be a multiple of 4
            99
            13 13
            13\
            """);
  }

  @Test
  void callbacks_run_in_the_middle_of_a_parse() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  msg = record{
                    execute(function (r, ctx) r.started = ctx.user; ctx.seen = ctx:lookahead() end),
                    field('a', number(8):apply(function (v, r, ctx) print('a', v, ctx.seen, ctx.iter.meter) end)),
                    field('b', token('x'):apply(function (v) print('b', v) end):apply(function (v) print('again', v) end)),
                    verify(function (r) return r.a == 1 end, 'a is not one'),
                    align(32), field('c', number(8)),
                  }
                  failing = record{ field('x', number(8):apply(function (v, r, ctx)
                    ctx:error('odd %d', v); print(pcall(ctx.error, ctx, 'twice')) end)) }
                  export(msg, failing)
                end)
                local r = parse(g.msg, '\\1x--\\9', 'me')
                print(r.started, r.c)
                print(pcall(parse, g.msg, '\\2x--\\9'))
                print(select(2, parse(g.failing, '\\5')))
                """))
        .isEqualTo(
            """
            a 1 1 1
            b x
            again x
            me 9
            a 2 2 1
            b x
            again x
            false rules.lua:2: a is not one
            false multiple parse errors raised
            parse error at byte 1 for field 1 in failing: odd 5\
            """);
  }

  @Test
  void bytes_end_at_a_count_a_token_or_the_end_and_come_in_chunks() {
    assertThat(
            run(
                """
                local function log(r, sub, last) print(sub and sub:asstring(), last) end
                local g = grammar(function ()
                  counted = record{ bytes():count(5):chunked(log), field('next', token('..')) }
                  till = record{ bytes():untiltoken('%r?%n%.%r?%n'):chunked(log), token('%r?%n%.%r?%n') }
                  all = record{ bytes():chunked(log) }
                  none = record{ bytes():count(0):chunked(log), field('next', token('..')) }
                  export(counted, till, all, none)
                end)
                stream({ 'ab', 'cdef', 'g' }, function (it) print(g.counted:parse(it).next) end)
                stream({ 'one\\r', '\\ntwo\\r\\n', '.', '\\r', '\\nx' }, function (it)
                  print(select(2, g.till:parse(it)), it:sub('all'):asstring()) end)
                stream({ 'a', 'b' }, function (it) g.all:parse(it) end)
                stream({ 'xy' }, function (it) print(g.none:parse(it).next) end)
                print(select(2, parse(grammar(function ()
                  msg = record{ bytes():count(function () return -1 end) } export(msg) end).msg, 'x')))
                """))
        .isEqualTo(
            """
            ab false
            cde true
            fg
            one false
            \r
            two false
            nil true
            nil x
            a false
            b true
            nil true
            xy
            parse error at byte 0 for field 1 in msg: byte count must not be negative, got -1\
            """);
  }

  @Test
  void a_record_stays_in_its_stream_until_it_is_complete_and_a_sequence_leaves() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  kept = record{ field('a', token('a+;')), field('b', token('b+;')) }
                  loose = sequence{ token('a+;'), token('b+;') }
                  export(kept, loose)
                end)
                local function left(text) print('left', text) end
                stream({ 'aa', 'a;b', 'b;' }, function (it) print(g.kept:parse(it).b) end, left)
                stream({ 'aa', 'a;b', 'b;' }, function (it) print(select(2, g.loose:parse(it))) end, left)
                """))
        .isEqualTo(
            """
            bb;
            left aa
            left a;b
            left b;
            left aa
            nil
            left a;b
            left b;\
            """);
  }

  @Test
  void a_token_takes_the_longest_match_and_is_anchored() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  msg = record{ field('n', token('[0-9]+')), field('r', raw_token('[a-z]+')) }
                  export(msg)
                end)
                stream({ '1', '2', '3a', 'b' }, function (it)
                  local r = g.msg:parse(it)
                  print(r.n, r.r:asstring()) end)
                print(select(2, parse(g.msg, 'x\\n12a')))
                """))
        .isEqualTo(
            """
            123 ab
            parse error at byte 0 for field 1 in msg: token /[0-9]+/ doesn't match\
            """);
  }

  @Test
  void errors_say_where_and_are_logged_at_debug_level() {
    assertThat(
            run(
                """
                haka.setloglevel('debug', 'grammar')
                local g = grammar(function ()
                  msg = record{ token('ab'), field('c', token('c')) }
                  export(msg)
                end)
                local r, err = parse(g.msg, 'ab\\n\\0x')
                haka.setloglevel('default', 'grammar')
                print(err, err.description, err.position.meter, err.field.id, err.field.rule, err.field.name)
                print(err:context())
                """))
        .isEqualTo(
            """
            debug grammar: in rule 'msg' field 1: parsing token /ab/
            \tat byte 0: ab\\x0a\\x00x...
            debug grammar: in rule 'msg' field 'c': parsing token /c/
            \tat byte 2: \\x0a\\x00x...
            debug grammar: parse error at byte 2 for field 2 in msg: token /c/ doesn't match
            debug grammar: parse error context: \\x0a\\x00x...
            parse error at byte 2 for field 2 in msg: token /c/ doesn't match token /c/ doesn't match 2 2 msg c
            parse error context: \\x0a\\x00x...\
            """);
  }
}
