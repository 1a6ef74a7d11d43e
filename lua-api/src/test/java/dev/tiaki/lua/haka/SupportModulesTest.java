package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Conversation;
import org.junit.jupiter.api.Test;

/** The modules class, check, color, list, and what is added to the standard libraries. */
class SupportModulesTest {
  private static String run(String... lines) {
    return new RuleReplay().rules(lines).text();
  }

  @Test
  void classes_inherit_methods_and_properties() {
    assertThat(
            run(
                "local class = require('class')",
                "local Animal = class.class('Animal')",
                "function Animal.method:__init(name) self.name = name end",
                "function Animal.method:speak() return self.name .. ' makes a sound' end",
                "Animal.property.loud = { get = function (self) return self.name:upper() end,",
                "  set = function (self, v) self.name = v end }",
                "Animal.legs = 4",
                "local Dog = class.class('Dog', Animal)",
                "function Dog.method:speak()",
                "  return class.super(Dog).speak(self) .. ': woof'",
                "end",
                "local d = Dog:new('rex')",
                "print(d:speak(), d.loud, Dog.legs, d.unknown)",
                "d.loud = 'max'; print(d.name, rawget(d, 'loud'))",
                "print(class.isa(d, Animal), class.isa(d, class.class('Other')), class.classof(d) == Dog)",
                "print(class.isaclass(Dog, Animal), class.isclass(Dog), class.isclass(d))",
                "print(tostring(Dog), tostring(d):match('^<class instance Dog: 0x%x+>$') ~= nil)",
                "d:addproperty('age', function () return 3 end)",
                "print(d.age, d:clone().name)",
                "print(pcall(function () class.super(Dog).x = 1 end))"))
        .isEqualTo(
            """
            rex makes a sound: woof REX 4 nil
            max nil
            true false true
            true true false
            <class: Dog> true
            3 max
            false rules.lua:20: immutable class\
            """);
  }

  @Test
  void checks_raise_at_the_callers_caller() {
    assertThat(
            run(
                "local check = require('check')",
                "local function number(a) check.type(1, a, 'number') end",
                "local function either(a) check.types(2, a, { 'number', 'nil' }) end",
                "local function sure(a) check.assert(a, 'not so') end",
                "local function never() check.error('text') end",
                "local function deep() local function inner() check.error('deep', 1) end inner() end",
                "local function try(f, a)",
                "  f(a)",
                "  return 'fine'",
                "end",
                "print(try(number, 1), try(either, nil), try(sure, 0))",
                "for _, call in ipairs{ { number, 'x' }, { number }, { either, 'x' }, { sure, false },",
                "    { never }, { deep } } do",
                "  print((select(2, pcall(try, call[1], call[2]))))",
                "end"))
        .isEqualTo(
            """
            fine fine fine
            rules.lua:8: invalid parameter 1, expected number
            rules.lua:8: invalid parameter 1, expected number
            rules.lua:8: invalid parameter 2, expected number or nil
            rules.lua:8: not so
            rules.lua:8: text
            rules.lua:8: deep\
            """);
  }

  @Test
  void colors_are_empty_where_there_is_no_terminal() {
    assertThat(
            run(
                "local color = require('color')",
                "local names = {}",
                "for name, code in sorted_pairs(color) do",
                "  assert(code == '', name) table.insert(names, name)",
                "end",
                "print(table.concat(names, ' '))"))
        .isEqualTo("black blue bold clear cyan green magenta red white yellow");
  }

  @Test
  void utilities_are_part_of_the_libraries() {
    assertThat(
            run(
                "for k, v in sorted_pairs{ b = 2, a = 1, [10] = 3, [2] = 4 } do print(k, v) end",
                "print(string.safe_format('a\\0\\255\\n'), ('x\\ny'):safe_format(true))",
                "local t = table.merge({ a = 1 }, { b = 2 })",
                "print(t.a, t.b, #table.append({ 1 }, { 2, 3 }), table.contains(t, 'b'))",
                "print(table.dict{ 'x' }.x, table.invert{ a = 'b' }.b, table.copy(t).a)",
                "print(require('color').red == '', type(topointer(t)))"))
        .isEqualTo(
            """
            10 3
            2 4
            a 1
            b 2
            a\\x00\\xff\\x0a x
            y
            1 2 3 true
            true a 1
            true string\
            """);
  }

  @Test
  void lists_filter_sort_and_print_aligned() {
    assertThat(
            run(
                "local list = require('list')",
                "local Hosts = list.new('hosts')",
                "Hosts.field = { 'name', 'bytes' }",
                "Hosts.key = 'name'",
                "Hosts.field_format = { bytes = list.formatter.unit }",
                "Hosts.field_aggregate = { bytes = list.aggregator.add }",
                "local l = Hosts:new()",
                "l:add{ { name = 'b', bytes = 1500 }, { name = 'a', bytes = 2 } }",
                "l:sort('name'):print()",
                "print(l.bytes, l:get('a').bytes, l:get('z'))",
                "print(#l:filter(function (row) return row.bytes > 2 end)._data, l.name)",
                "print(select(2, pcall(l.sort, l, 'none')))"))
        .contains("name | bytes | \n")
        .contains("a    | 2     | \nb    | 1.50k | \n     | 1.50k | ")
        .contains("1502 2 nil\n1 b")
        .endsWith("order 'none' is not a valid key");
  }

  @Test
  void pprint_spells_values_out() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "debug.pprint{ a = 1, b = { 'x' }, f = print }",
        "debug.pprint({ _hidden = 1, deep = { 1 } }, { hide = debug.hide_underscore, depth = 1 })",
        "haka.rule{ on = haka.dissectors.packet.events.receive_packet, eval = function (pkt)",
        "  debug.pprint(pkt, { hide = debug.hide_underscore }) end }");
    replay.receive(Conversation.between("10.0.0.1:1", "10.0.0.2:2").syn().frames());
    assertThat(replay.text())
        .startsWith(
            """
            table {
              a : 1
              b : table {
                1 : "x"
              }
              f : function
            }
            table {
              deep : table
            }
            userdata packet {
              data : table {
              }
              id : 1
              name : "packet"
              payload : userdata vbuffer {
                modified : false
              }
              timestamp : userdata time\
            """);
  }
}
