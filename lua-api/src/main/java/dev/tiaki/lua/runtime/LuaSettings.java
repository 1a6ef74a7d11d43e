package dev.tiaki.lua.runtime;

import dev.tiaki.lua.budget.RuleLimits;
import dev.tiaki.lua.compile.LuaEngine;
import dev.tiaki.lua.coroutine.SwitchKind;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * How a Lua state is made.
 *
 * @param engine how chunks run
 * @param coroutines how coroutines get their stacks
 * @param limits what an event may cost
 * @param sandbox whether {@code io}, {@code os} and the loading of other files are taken away
 * @param output where {@code print} and {@code io.write} write their bytes, unchanged
 * @param input what {@code io.read} reads
 */
public record LuaSettings(
    LuaEngine engine,
    SwitchKind coroutines,
    RuleLimits limits,
    boolean sandbox,
    OutputStream output,
    InputStream input) {

  /** Compiled, continuations where there are any, default limits, no sandbox. */
  public static LuaSettings defaults(OutputStream output) {
    return new LuaSettings(
        LuaEngine.COMPILED,
        SwitchKind.best(),
        RuleLimits.DEFAULTS,
        false,
        output,
        InputStream.nullInputStream());
  }

  /** Returns the settings with another engine. */
  public LuaSettings withEngine(LuaEngine other) {
    return new LuaSettings(other, coroutines, limits, sandbox, output, input);
  }

  /** Returns the settings with another kind of coroutines. */
  public LuaSettings withCoroutines(SwitchKind other) {
    return new LuaSettings(engine, other, limits, sandbox, output, input);
  }

  /** Returns the settings with other limits. */
  public LuaSettings withLimits(RuleLimits other) {
    return new LuaSettings(engine, coroutines, other, sandbox, output, input);
  }

  /** Returns the settings with the sandbox on or off. */
  public LuaSettings withSandbox(boolean on) {
    return new LuaSettings(engine, coroutines, limits, on, output, input);
  }

  /** Returns the settings with another standard input for {@code io.read}. */
  public LuaSettings withInput(InputStream other) {
    return new LuaSettings(engine, coroutines, limits, sandbox, output, other);
  }
}
