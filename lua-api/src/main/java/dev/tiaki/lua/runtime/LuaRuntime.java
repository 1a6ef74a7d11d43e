package dev.tiaki.lua.runtime;

import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.lua.budget.RuleBudget;
import dev.tiaki.lua.compile.ChunkLoader;
import dev.tiaki.lua.compile.InterpretedChunk;
import dev.tiaki.lua.compile.InterpreterHooks;
import dev.tiaki.lua.compile.StateClassLoader;
import dev.tiaki.lua.coroutine.Coroutine;
import dev.tiaki.lua.fault.LuaTrace;
import dev.tiaki.lua.lib.module.Modules;
import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.state.LineHook;
import dev.tiaki.lua.state.LuaState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * One Lua state: what a worker runs its rules in. Confined to one thread at a time; a thread that
 * takes it over calls {@link #bind} first.
 */
public final class LuaRuntime {
  private final LuaSettings settings;
  private final LuaState state;
  private final ChunkLoader chunks;
  private final Modules modules;
  private final LuaFailures failures = new LuaFailures();

  /** Makes a state with the standard libraries, bound to the calling thread. */
  public LuaRuntime(LuaSettings settings) {
    this.settings = settings;
    StateClassLoader classes = new StateClassLoader();
    RuleBudget budget = new RuleBudget(settings.limits(), classes.ticks());
    classes.setOwner(budget);
    Globals globals = new Globals();
    state = new LuaState(globals, budget);
    state.bind();
    globals.debuglib = new InterpreterHooks(state);
    chunks = new ChunkLoader(settings.engine(), classes);
    modules = StandardLibraries.install(state, chunks, settings);
  }

  /** Makes this the state of the calling thread. */
  public void bind() {
    state.bind();
  }

  /** Returns the table of global variables. */
  public Globals globals() {
    return state.globals();
  }

  /** Returns {@code package.loaded}: a module that stands here is never looked for. */
  public LuaTable loaded() {
    return modules.loaded();
  }

  /** Returns {@code package.preload}: functions that make a module when it is first required. */
  public LuaTable preload() {
    return modules.preload();
  }

  /** Returns what the rules may use up for the current event. */
  public RuleBudget budget() {
    return state.budget();
  }

  /** Returns how exceptions become failures of rules. */
  public LuaFailures failures() {
    return failures;
  }

  /**
   * Runs a rule file, after putting its folder into {@code package.path}.
   *
   * @throws RuleFailure when it cannot be read, is not Lua, or raises an error; the message begins
   *     with the file
   */
  public void runFile(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      modules.addFolder(folder);
    }
    run(read(file), "@" + file);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new RuleFailure(file + ": no such file", null, file.toString());
    } catch (IOException e) {
      String why = Files.isDirectory(file) ? "is a folder, not a rule file" : e.toString();
      throw new RuleFailure(file + ": " + why, null, file.toString());
    }
  }

  /**
   * Runs source as a rule file is run.
   *
   * @param source its bytes
   * @param chunkName {@code @file}, or {@code =text} for source that stands in no file
   * @return what the chunk returns first
   * @throws RuleFailure when it is not Lua or raises an error
   */
  public LuaValue run(byte[] source, String chunkName) {
    bind();
    budget().enterLoad();
    InterpretedFrame frame = state.frame();
    try {
      return load(source, chunkName).call();
    } catch (Throwable thrown) {
      RuntimeException failure = failures.toRule(thrown, null);
      state.setFrame(frame);
      state.setFailedFrame(null);
      throw failure;
    } finally {
      budget().leave();
    }
  }

  /**
   * Compiles a chunk.
   *
   * @throws dev.tiaki.lua.compile.SyntaxError when the source is not Lua
   */
  public LuaFunction load(byte[] source, String chunkName) {
    return chunks.load(source, chunkName, globals());
  }

  /**
   * Makes a function of a chunk that runs once, without compiling it.
   *
   * @param environment the table of its global variables
   * @throws dev.tiaki.lua.compile.SyntaxError when the source is not Lua
   */
  public LuaFunction loadInterpreted(byte[] source, String chunkName, LuaValue environment) {
    return chunks.loadInterpreted(source, chunkName, environment);
  }

  /**
   * Calls a function for somebody who looks at the state from outside: with a budget of its own,
   * also while a rule is running, whose budget stays as it is.
   *
   * @throws RuleFailure when it raises an error or runs past its budget
   * @throws dev.tiaki.engine.rule.RuleAbort when it aborts
   */
  public Varargs callAside(LuaValue function, Varargs arguments) {
    bind();
    RuleBudget.Paused paused = budget().pause();
    try {
      return call(function, null).invoke(arguments);
    } finally {
      budget().goOn(paused);
    }
  }

  /** Sets who is told before each instruction of interpreted functions; null for nobody. */
  public void setLineHook(@Nullable LineHook hook) {
    state.setLineHook(hook);
  }

  /** Returns the interpreted Lua function that called into Java; null when it was compiled. */
  public @Nullable InterpretedFrame callerFrame() {
    return LuaTrace.isInterpreted() ? state.frame() : null;
  }

  /** Prepares a function to be called by the engine; {@code ruleName} goes into its failures. */
  public LuaCall call(LuaValue function, @Nullable String ruleName) {
    return new LuaCall(state, failures, function, ruleName);
  }

  /** Makes a coroutine; it costs next to nothing until it is resumed. */
  public Coroutine newCoroutine(LuaValue function) {
    return new Coroutine(state, settings.coroutines(), function);
  }

  /** Returns the coroutine that runs, or null outside of one. */
  public @Nullable Coroutine runningCoroutine() {
    return Coroutine.running(state);
  }

  /** Returns {@code file:line} of the Lua code that called into Java, or null; some 20 us. */
  public @Nullable String callerLocation() {
    return LuaFailures.position(LuaTrace.live());
  }

  /** Returns the chunks that are interpreted though they were to be compiled, with the reasons. */
  public List<InterpretedChunk> interpretedChunks() {
    return chunks.interpretedChunks();
  }
}
