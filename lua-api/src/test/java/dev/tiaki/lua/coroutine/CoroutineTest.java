package dev.tiaki.lua.coroutine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.runtime.LuaSettings;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

class CoroutineTest {
  private static LuaRuntime lua(SwitchKind kind) {
    return new LuaRuntime(
        LuaSettings.defaults(OutputStream.nullOutputStream()).withCoroutines(kind));
  }

  private static Coroutine coroutine(LuaRuntime lua, String body) {
    return lua.newCoroutine(
        lua.run(("return function(...) " + body + " end").getBytes(UTF_8), "@rules.lua"));
  }

  @ParameterizedTest
  @EnumSource
  void java_resumes_what_java_code_inside_lua_yields(SwitchKind kind) {
    LuaRuntime lua = lua(kind);
    lua.globals()
        .set(
            "wait",
            new VarArgFunction() {
              @Override
              public Varargs invoke(Varargs arguments) {
                Coroutine running = lua.runningCoroutine();
                assertThat(running).isNotNull();
                return running.yieldValues(LuaValue.NONE);
              }
            });
    Coroutine sum = coroutine(lua, "local s = 0 for i = 1, 3 do s = s + wait() end return s");
    assertThat(sum.resume(LuaValue.NONE).narg()).isZero();
    for (int i = 1; i <= 3; i++) {
      assertThat(sum.status()).isEqualTo(CoroutineStatus.SUSPENDED);
      Varargs result = sum.resume(LuaInteger.valueOf(i));
      assertThat(result.arg1().toint()).isEqualTo(i == 3 ? 6 : 0);
    }
    assertThat(sum.status()).isEqualTo(CoroutineStatus.DEAD);
    assertThatThrownBy(() -> sum.resume(LuaValue.NONE))
        .isInstanceOf(Raised.class)
        .hasMessage("cannot resume dead coroutine");
  }

  @ParameterizedTest
  @EnumSource
  void an_error_reaches_the_resumer_and_ends_the_coroutine(SwitchKind kind) {
    Coroutine failing = coroutine(lua(kind), "coroutine.yield() error('late')");
    failing.resume(LuaValue.NONE);
    assertThatThrownBy(() -> failing.resume(LuaValue.NONE)).hasMessage("rules.lua:1: late");
    assertThat(failing.status()).isEqualTo(CoroutineStatus.DEAD);
  }

  @ParameterizedTest
  @EnumSource
  void a_killed_coroutine_runs_no_more(SwitchKind kind) {
    LuaRuntime lua = lua(kind);
    Coroutine killed =
        coroutine(lua, "while true do pcall(coroutine.yield) resumed = (resumed or 0) + 1 end");
    killed.resume(LuaValue.NONE);
    killed.resume(LuaValue.NONE);
    killed.kill();
    assertThat(killed.status()).isEqualTo(CoroutineStatus.DEAD);
    assertThat(lua.globals().get("resumed").toint()).isEqualTo(1);
    assertThatThrownBy(() -> killed.resume(LuaValue.NONE)).isInstanceOf(Raised.class);
    Coroutine neverBegun = coroutine(lua, "return 1");
    neverBegun.kill();
    assertThat(neverBegun.status()).isEqualTo(CoroutineStatus.DEAD);
  }

  @Test
  void a_coroutine_goes_on_on_another_thread() throws InterruptedException {
    LuaRuntime lua = lua(SwitchKind.CONTINUATION);
    Coroutine counter = coroutine(lua, "local n = 0 while true do n = n + coroutine.yield(n) end");
    counter.resume(LuaValue.NONE);
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread worker =
          new Thread(() -> {
            lua.bind();
            seen.add(counter.resume(LuaInteger.valueOf(1)).arg1().toint());
          });
      worker.start();
      worker.join();
    }
    assertThat(seen).containsExactly(1, 2, 3);
  }

  @Test
  void an_abandoned_coroutine_is_garbage() {
    LuaRuntime lua = lua(SwitchKind.CONTINUATION);
    List<WeakReference<Coroutine>> abandoned = new ArrayList<>();
    LuaValue body =
        lua.run("return function() coroutine.yield() print('never') end".getBytes(UTF_8), "=x");
    for (int i = 0; i < 1000; i++) {
      Coroutine coroutine = lua.newCoroutine(body);
      coroutine.resume(LuaValue.NONE);
      abandoned.add(new WeakReference<>(coroutine));
    }
    for (int i = 0; i < 20 && abandoned.stream().anyMatch(c -> c.get() != null); i++) {
      System.gc();
    }
    // the last one may still be referred to from a register of this method
    assertThat(abandoned.stream().filter(c -> c.get() != null).count()).isLessThanOrEqualTo(1);
  }

  @Test
  void continuations_are_there_in_this_build() {
    assertThat(SwitchKind.best()).isEqualTo(SwitchKind.CONTINUATION);
  }
}
