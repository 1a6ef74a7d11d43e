package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** How grammars are defined, what their results are, and what bounds they have. */
class GrammarDefinitionTest {
  private static String run(String source) {
    return new RuleReplay().rules(GrammarLab.PREAMBLE + source).text();
  }

  @Test
  void grammars_extend_others_and_what_refers_to_a_rule_uses_the_new_one() {
    assertThat(
            run(
                """
                local base = haka.grammar.new('base', function ()
                  part = field('v', token('a'))
                  whole = record{ part, token(';') }
                  export(whole)
                end)
                local derived = haka.grammar.new('derived', function ()
                  extend(base)
                  part = field('v', token('b'))
                end)
                print(parse(base.whole, 'a;').v, parse(derived.whole, 'b;').v)
                print(derived.unique_export == derived.whole, base.unique_export ~= nil)
                print(pcall(function () return base.other end))
                print(pcall(function () base.x = 1 end))
                print(pcall(haka.grammar.new, 'x', 1))
                print(part, whole, record)
                """))
        .isEqualTo(
            """
            a b
            true true
            false rules.lua:29: unknown grammar public rule 'other'
            false rules.lua:30: read-only table
            false grammar definition must be a function
            nil nil nil\
            """);
  }

  @Test
  void wrong_definitions_are_refused() {
    assertThat(
            run(
                """
                local function why(def) print((select(2, pcall(haka.grammar.new, 'g', def)):gsub('^rules.lua:%d+: ', ''))) end
                why(function () define('x'); y = record{ field('x', x) } export(y) end)
                why(function () export(nothing) end)
                why(function () export(record{}) end)
                why(function () define('z') export(z) end)
                why(function () record = 1 end)
                why(function () a = record{ bytes():count(1):untiltoken('x') } end)
                why(function () a = try{} export(a) end)
                why(function () a = record{ field('n', branch({ [1] = field('m', number(8)) }, print)) } export(a) end)
                why(function () a = record{}:extra{ print } end)
                why(function () a = record{ token('(') } export(a) end)
                print(getmetatable(_G))
                """))
        .isEqualTo(
            """
            undefined entity: x
            can only export named rules
            can only export named rules
            undefined entity: z
            'record' is reserved in the grammar scope
            bytes can't have both count and untiltoken
            cannot create a try element without any case
            named element 'm' are not supported in named branch
            record extra need to be named
            PCRE compilation failed with error 'missing )' at offset 1
            nil\
            """);
  }

  @Test
  void messages_are_created_over_empty_bytes() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  msg = record{
                    field('id', number(16)), field('on', flag), number(7),
                    field('sum', number(8):validate(function (r) r.sum = r.id % 256 end)),
                    field('sub', record{ field('x', number(8)) }),
                    field('data', bytes():count(2)),
                  }
                  export(msg)
                end)
                local buf = haka.vbuffer_allocate(7)
                local r = g.msg:create(buf:pos('begin'), { id = 258, on = true, sub = { x = 9 }, data = 'hello' })
                print(r.id, r.on, r.sub.x)
                r:validate()
                print(buf[1], buf[2], buf[3], buf[4], buf[5], buf:sub(5):asstring())
                """))
        .isEqualTo("258 true 9\n1 2 128 2 9 hello");
  }

  @Test
  void results_have_classes_and_extra_properties() {
    assertThat(
            run(
                """
                local class = require('class')
                local Msg = class.class('Msg', haka.grammar.result.Result)
                function Msg.method:twice() return self.n * 2 end
                Msg.property.half = { get = function (self) return self.n / 2 end }
                local g = grammar(function ()
                  msg = record{ field('n', number(8)), field('s', record{ field('m', number(8)) }
                    :extra{ sum = function (self) return self.m + 1 end,
                            raw = { get = function (self) return self.m end, set = function (self, v) self.m = v end } })
                  }:result(Msg)
                  export(msg)
                end)
                local r = parse(g.msg, '\\4\\5')
                print(r:twice(), r.half, class.isa(r, Msg), r.s.sum, r.s.raw)
                r.s.raw = 8
                r.own = 'kept'
                print(r.s.m, r.own)
                debug.pprint(r, { hide = { debug.hide_underscore, debug.hide_function } })
                """))
        .isEqualTo(
            """
            8 2 true 6 5
            8 kept
            class Msg {
              own : "kept"
              n : 4
              s : class Result {
                m : 8
                raw : 8
                sum : 9
              }
              half : 2
            }\
            """);
  }

  @Test
  void rules_may_recurse_ten_deep() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  define('node')
                  node = record{ field('size', number(8)),
                    field('children', array(node):count(function (r) return r.size end)) }
                  export(node)
                end)
                local r = parse(g.node, '\\2\\1\\0\\0')
                print(r.size, r.children[1].size, r.children[1].children[1].size, r.children[2].size)
                print(pcall(parse, g.node, string.rep('\\1', 10) .. '\\0') and 'ten')
                print((select(2, pcall(parse, g.node, string.rep('\\1', 30))):gsub('^rules.lua:%d+: ', '')))
                """))
        .isEqualTo("2 1 0 0\nten\ngrammar max recursion reached");
  }

  @Test
  void an_array_without_an_end_is_stopped_by_the_budget() {
    RuleReplay replay =
        new RuleReplay()
            .rules(
                GrammarLab.PREAMBLE
                    + """
                    local g = grammar(function ()
                      msg = record{ field('a', array(record{ empty() }):count(1e15)) }
                      export(msg)
                    end)
                    haka.rule{ on = haka.events.started, eval = function () parse(g.msg, 'x') end }
                    """);
    replay.haka.started();
    assertThat(replay.text()).contains("rule stopped");
  }

  @Test
  void marks_that_callbacks_leave_or_errors_skip_do_not_stop_a_stream() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  leaves = record{ execute(function (r, ctx) ctx:mark() end), token('a') }
                  raises = record{ token('a'), execute(function () error('stop', 0) end) }
                  export(leaves, raises)
                end)
                local function left(text) print('left', text) end
                stream({ 'a' }, function (it) g.leaves:parse(it) end, left)
                stream({ 'a' }, function (it) print(pcall(g.raises.parse, g.raises, it)) end, left)
                """))
        .isEqualTo("left a\nfalse stop\nleft a");
  }

  @Test
  void a_number_that_the_data_ends_in_has_no_value() {
    assertThat(
            run(
                """
                local g = grammar(function ()
                  msg = record{ field('a', number(8)), field('b', number(16)) }
                  export(msg)
                end)
                local r, err = parse(g.msg, '\\1\\2')
                print(r.a, err, pcall(function () return r.b end))
                """))
        .isEqualTo("1 nil false asbits: invalid bit size");
  }

  @Test
  void what_is_no_entity_is_refused_where_one_is_wanted() {
    assertThatThrownBy(() -> run("grammar(function () a = record{ 5 } end)"))
        .hasMessageContaining("grammar entity expected, got number");
  }
}
