package dev.tiaki.lua.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.lua.compile.LuaEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.ZeroArgFunction;

class LuaRuntimeTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final LuaRuntime lua = new LuaRuntime(LuaSettings.defaults(output));

  private LuaValue run(String source) {
    return lua.run(source.getBytes(UTF_8), "@rules.lua");
  }

  private LuaCall function(String body) {
    return lua.call(run("return function(...) " + body + " end"), "my rule");
  }

  @Test
  void a_rule_file_runs_and_finds_modules_beside_it(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("ipv4"));
    Files.writeString(folder.resolve("ipv4/security.lua"), "return { name = 'security' }");
    Files.writeString(folder.resolve("alert-doc.lua"), "function documented() return 'yes' end");
    Files.writeString(
        folder.resolve("rules.lua"),
        "print(require('ipv4/security').name) print(require('alert-doc'), documented())");
    lua.runFile(folder.resolve("rules.lua"));
    assertThat(output.toString(UTF_8)).isEqualTo("security\ntrue yes\n");
  }

  @Test
  void a_missing_file_and_a_folder_say_what_they_are(@TempDir Path folder) {
    assertThatThrownBy(() -> lua.runFile(folder.resolve("none.lua")))
        .isInstanceOf(RuleFailure.class)
        .hasMessageEndingWith("none.lua: no such file");
    assertThatThrownBy(() -> lua.runFile(folder))
        .hasMessageEndingWith("is a folder, not a rule file");
  }

  @Test
  void a_syntax_error_has_file_line_and_hint() {
    assertThatThrownBy(() -> run("local x = 1\nif x != 2 then end"))
        .isInstanceOf(RuleFailure.class)
        .hasMessageStartingWith("rules.lua:2: ")
        .hasMessageEndingWith("(hint: Lua writes 'not equal' as ~=)");
    assertThatThrownBy(() -> run("\n\nx += 1")).hasMessageContaining("rules.lua:3: ");
    assertThatThrownBy(() -> run("if x then\nprint(1)\n")).hasMessageContaining("'end'");
  }

  @Test
  void an_error_of_a_rule_has_its_position_and_its_rule() {
    LuaCall call = function("\n\nlocal t = nil\nreturn t.field");
    assertThatThrownBy(() -> call.call(LuaValue.NIL))
        .isInstanceOfSatisfying(
            RuleFailure.class,
            failure -> {
              assertThat(failure).hasMessage("rules.lua:4: attempt to index a nil value");
              assertThat(failure.ruleName()).isEqualTo("my rule");
              assertThat(failure.location()).isEqualTo("rules.lua:4");
            });
  }

  @Test
  void an_error_without_a_value_is_an_abort() {
    assertThatThrownBy(() -> function("error(nil)").call()).isInstanceOf(RuleAbort.class);
    lua.globals()
        .set(
            "abort",
            new ZeroArgFunction() {
              @Override
              public LuaValue call() {
                throw RuleAbort.instance();
              }
            });
    assertThatThrownBy(() -> function("abort()").call()).isInstanceOf(RuleAbort.class);
    assertThat(run("return select('#', pcall(abort)) == 2 and select(2, pcall(abort)) == nil"))
        .isEqualTo(LuaValue.TRUE);
  }

  @Test
  void errors_of_native_objects_have_no_position() {
    lua.globals()
        .set(
            "native",
            new ZeroArgFunction() {
              @Override
              public LuaValue call() {
                throw new LuaError("invalid ipv4 packet");
              }
            });
    assertThat(run("return select(2, pcall(function() native() end))").tojstring())
        .isEqualTo("invalid ipv4 packet");
    lua.globals()
        .set(
            "java",
            new ZeroArgFunction() {
              @Override
              public LuaValue call() {
                throw new IllegalStateException("operation not supported");
              }
            });
    assertThat(run("return select(2, pcall(java))").tojstring())
        .isEqualTo("operation not supported");
  }

  @Test
  void tracebacks_can_be_asked_for() {
    lua.failures().setTracebacks(true);
    LuaCall call = function("local function inner() error('deep') end inner()");
    assertThatThrownBy(call::call)
        .hasMessageStartingWith("rules.lua:1: deep\nstack traceback:\n")
        .hasMessageContaining("in function 'inner'");
  }

  @Test
  void calls_pass_arguments_and_results() {
    LuaCall add = function("local s = 0 for _, v in ipairs{...} do s = s + v end return s");
    LuaValue one = LuaInteger.valueOf(1);
    assertThat(add.call().toint()).isZero();
    assertThat(add.call(one).toint()).isEqualTo(1);
    assertThat(add.call(one, one).toint()).isEqualTo(2);
    assertThat(add.call(one, one, one).toint()).isEqualTo(3);
    assertThat(add.invoke(LuaValue.varargsOf(new LuaValue[] {one, one, one, one})).arg1().toint())
        .isEqualTo(4);
  }

  @Test
  void a_chunk_too_big_for_a_class_is_interpreted_with_the_same_result() {
    StringBuilder source = new StringBuilder("local t = {");
    for (int i = 1; i <= 20_000; i++) {
      source.append(i).append(i % 10 == 0 ? ",\n" : ",");
    }
    source.append("}\nlocal s = 0 for _, v in ipairs(t) do s = s + v end\n");
    source.append("t.text = 1e15 .. '|' .. 0.5\nt.sum = s return t");
    LuaValue table = run(source.toString());
    assertThat(lua.interpretedChunks()).hasSize(1);
    assertThat(table.get("sum").toint()).isEqualTo(200_010_000);
    assertThat(table.get("text").tojstring()).isEqualTo("1e+15|0.5");
  }

  @Test
  void ordinary_rules_are_compiled() {
    run(
        """
        local count, names = 0, {}
        local function note(name) count = count + 1 names[name] = (names[name] or 0) + 1 end
        for _, name in ipairs({ 'a', 'b', 'a' }) do note(name) end
        local on = { hooks = function(self, flow) if flow then note(flow) else return count end end }
        for i = 1, 3 do if i == 2 then break end on:hooks('c') end
        return names
        """);
    assertThat(lua.interpretedChunks()).isEmpty();
  }

  @Test
  void what_the_compiler_would_get_wrong_is_interpreted() {
    LuaValue result =
        run(
            """
            local x
            for i = 1, 3 do
              if i == 2 then x = i end
              make = function() return x end
            end
            return make()
            """);
    assertThat(result.toint()).isEqualTo(2);
    assertThat(lua.interpretedChunks()).hasSize(1);
  }

  @Test
  void an_interpreted_chunk_fails_with_its_position_too() {
    LuaRuntime interpreted =
        new LuaRuntime(LuaSettings.defaults(output).withEngine(LuaEngine.INTERPRETED));
    assertThatThrownBy(() -> interpreted.run("\nlocal t\nt.x = 1".getBytes(UTF_8), "@slow.lua"))
        .hasMessage("slow.lua:3: attempt to index a nil value");
  }

  @Test
  void bytes_of_source_and_output_pass_unchanged() {
    byte[] source = {
      'p', 'r', 'i', 'n', 't', '(', '"', (byte) 0xff, (byte) 0xc3, '\\', 'x', '8', '0', '"', ')'
    };
    lua.run(source, "@bytes.lua");
    assertThat(output.toByteArray()).containsExactly(0xff, 0xc3, 0x80, '\n');
  }

  @Test
  void every_byte_string_survives_being_a_constant() {
    StringBuilder source = new StringBuilder("local t = {");
    for (int high = 0; high < 256; high++) {
      source.append("'\\").append(high).append("\\200a\\240\\159\\152\\128',");
    }
    source.append("} for i, s in ipairs(t) do assert(#s == 7 and s:byte() == i - 1) ");
    source.append(
        "assert(s:byte(2) == 200 and s:byte(4) == 240 and s:byte(7) == 128) end return #t");
    assertThat(run(source.toString()).toint()).isEqualTo(256);
  }

  @Test
  void states_do_not_see_each_other() {
    run("shared = 1 function string.own(s) return 'first ' .. s end");
    LuaRuntime other = new LuaRuntime(LuaSettings.defaults(output));
    other.run(
        "assert(shared == nil) function string.own(s) return 'second ' .. s end".getBytes(UTF_8),
        "@other.lua");
    assertThat(run("return ('x'):own()").tojstring()).isEqualTo("first x");
    assertThat(other.run("return ('x'):own()".getBytes(UTF_8), "=x").tojstring())
        .isEqualTo("second x");
  }

  @Test
  void the_caller_of_a_java_function_is_known() {
    lua.globals()
        .set(
            "where",
            new ZeroArgFunction() {
              @Override
              public LuaValue call() {
                return LuaValue.valueOf(String.valueOf(lua.callerLocation()));
              }
            });
    assertThat(run("\n\nlocal w = where() return w").tojstring()).isEqualTo("rules.lua:3");
  }

  @Test
  void a_sandbox_has_no_files_no_system_and_no_java() {
    LuaRuntime sandbox = new LuaRuntime(LuaSettings.defaults(output).withSandbox(true));
    LuaValue seen =
        sandbox.run(
            """
            return table.concat({ tostring(io), tostring(os), tostring(loadfile), tostring(dofile),
              tostring(luajava), tostring(package.loaded.io), tostring(package.searchpath),
              tostring(pcall(require, 'x')), package.path, load('return 1')() }, ' ')
            """
                .getBytes(UTF_8),
            "@s.lua");
    assertThat(seen.tojstring()).isEqualTo("nil nil nil nil nil nil nil false  1");
  }

  @Test
  void a_sandbox_requires_only_what_is_preloaded(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("beside.lua"), "return 1");
    Files.writeString(
        folder.resolve("rules.lua"),
        "assert(require('given') == 7) package.path = '"
            + folder
            + "/?.lua' assert(not pcall(require, 'beside'))");
    LuaRuntime sandbox = new LuaRuntime(LuaSettings.defaults(output).withSandbox(true));
    sandbox.loaded().set("given", LuaInteger.valueOf(7));
    sandbox.runFile(folder.resolve("rules.lua"));
    assertThat(output.size()).isZero();
  }
}
