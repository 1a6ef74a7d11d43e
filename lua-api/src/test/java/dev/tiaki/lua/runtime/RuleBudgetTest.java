package dev.tiaki.lua.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.lua.budget.RuleLimits;
import dev.tiaki.lua.compile.LuaEngine;
import dev.tiaki.lua.coroutine.SwitchKind;
import java.io.OutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleBudgetTest {
  private static final RuleLimits LIMITS = new RuleLimits(300_000, 2_000_000, 64 << 20, 1 << 20);

  private static LuaRuntime lua(LuaEngine engine) {
    return new LuaRuntime(
        LuaSettings.defaults(OutputStream.nullOutputStream())
            .withEngine(engine)
            .withLimits(LIMITS));
  }

  private static LuaCall function(LuaRuntime lua, String body) {
    return lua.call(
        lua.run(("return function() " + body + " end").getBytes(UTF_8), "@rules.lua"), "rule");
  }

  private static void assertStopped(LuaEngine engine, String body) {
    LuaRuntime lua = lua(engine);
    LuaCall endless = function(lua, body);
    assertThatThrownBy(endless::call)
        .as(body)
        .isInstanceOf(RuleFailure.class)
        .hasMessageStartingWith("rules.lua:")
        .hasMessageContaining("rule stopped: it used more than");
    assertThat(lua.budget().stoppedEvents()).isEqualTo(1);
    // the next event has a full budget again
    assertThat(
            function(lua, "local s = 0 for i = 1, 100000 do s = s + 1 end return s").call().toint())
        .isEqualTo(100_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while true do end",
        "repeat until false",
        "for i = 1, 1e18 do end",
        "::top:: goto top",
        "pcall(function() while true do end end)",
        "while true do pcall(function() while true do end end) end",
        "xpcall(function() while true do end end, function() while true do end end)",
        "local co = coroutine.wrap(function() while true do end end) co()",
        "local co = coroutine.create(function() while true do end end) coroutine.resume(co)",
        "local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end",
        "local function f() return f() end f()",
        "local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end fib(60)",
        "for w in ('x'):rep(10):gmatch('') do while true do end end",
        "table.sort({ 3, 2, 1 }, function() while true do end end)",
        "local s = ('a'):rep(50) for i = 1, 100 do s:find(('.-'):rep(20) .. 'b') end",
        "('a'):rep(30):find('(.-)%1(.-)%2(.-)%3(.-)%4(.-)b')",
        "local t = setmetatable({}, { __index = function(t, k) return t[k + 1] end }) while true do pcall(function() return t[1] end) end",
      })
  void what_never_ends_is_stopped(String body) {
    assertStopped(LuaEngine.COMPILED, body);
    assertStopped(LuaEngine.INTERPRETED, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local t = {} while true do t[#t + 1] = ('x'):rep(1000) end",
        "local s = 'x' while true do s = s .. s:sub(1, 1000) end",
        "local t = {} for i = 1, 1e9 do t[i] = { i } end",
        "while true do pcall(string.rep, 'x', 1000000) end",
        "while true do local s = ('x'):rep(100000):upper() end",
      })
  void what_eats_memory_is_stopped(String body) {
    assertStopped(LuaEngine.COMPILED, body);
    assertStopped(LuaEngine.INTERPRETED, body);
  }

  @ParameterizedTest
  @EnumSource
  void strings_have_a_greatest_length(LuaEngine engine) {
    LuaRuntime lua = lua(engine);
    assertThat(
            function(lua, "local ok, e = pcall(string.rep, 'x', 1e9) return e").call().tojstring())
        .isEqualTo("resulting string too large");
    assertThat(
            function(
                    lua,
                    "local s = ('x'):rep(1e6) local ok, e = pcall(function() return s .. s end) return e")
                .call()
                .tojstring())
        .isEqualTo("rules.lua:1: string too long: 2000000 bytes");
    assertThat(
            function(
                    lua,
                    "return select(2, pcall(function() return (('x'):rep(2000):gsub('x', ('y'):rep(1000))) end))")
                .call()
                .tojstring())
        .contains("resulting string too large");
  }

  @ParameterizedTest
  @EnumSource
  void endless_recursion_is_an_error_that_pcall_catches(LuaEngine engine) {
    LuaRuntime lua =
        new LuaRuntime(LuaSettings.defaults(OutputStream.nullOutputStream()).withEngine(engine));
    LuaCall call =
        function(lua, "local function f() return 1 + f() end return select(2, pcall(f))");
    assertThat(call.call().tojstring()).contains("stack overflow");
    assertThat(call.call().tojstring()).contains("stack overflow");
  }

  @ParameterizedTest
  @EnumSource
  void a_stopped_coroutine_stops_its_event_with_both_kinds(SwitchKind kind) {
    LuaRuntime lua =
        new LuaRuntime(
            LuaSettings.defaults(OutputStream.nullOutputStream())
                .withCoroutines(kind)
                .withLimits(LIMITS));
    LuaCall call =
        function(lua, "coroutine.wrap(function() pcall(function() while true do end end) end)()");
    assertThatThrownBy(call::call).hasMessageContaining("rule stopped");
    assertThat(function(lua, "return 1").call().toint()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void an_event_inside_an_event_spends_the_same_budget(LuaEngine engine) {
    LuaRuntime lua = lua(engine);
    LuaCall inner = function(lua, "for i = 1, 100000 do end");
    lua.globals()
        .set(
            "signal",
            new org.luaj.vm2.lib.ZeroArgFunction() {
              @Override
              public org.luaj.vm2.LuaValue call() {
                return inner.call();
              }
            });
    LuaCall outer = function(lua, "while true do signal() end");
    assertThatThrownBy(outer::call).hasMessageContaining("rule stopped");
  }

  @ParameterizedTest
  @EnumSource
  void a_rule_file_that_never_ends_is_stopped_while_it_loads(LuaEngine engine) {
    assertThatThrownBy(() -> lua(engine).run("while true do end".getBytes(UTF_8), "@endless.lua"))
        .isInstanceOf(RuleFailure.class)
        .hasMessageStartingWith(
            "endless.lua:1: rule stopped: it used more than 2000000 instructions");
  }
}
