package dev.tiaki.lua.interactive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.lua.compile.SyntaxError;
import dev.tiaki.lua.interactive.SessionReply.State;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Lua typed line by line into a running state. Each line is tried as an expression, whose values
 * are shown, then as a statement; a line that is not complete waits for the next one, and {@code
 * return} ends the session. What a line prints is part of its answer.
 *
 * <p>To be used by the worker that runs the state, or between two of its packets. Each line has a
 * rule's budget of its own; errors are answers. A session lives in one Lua state and ends with it.
 */
public final class InteractiveSession implements Completer {
  private static final String CHUNK = "=stdin";

  /** Everything is reachable from most things. */
  private static final int DEPTH = 4;

  private static final LuaValue NOT_RETURNED = new LuaTable();

  private final LuaRuntime runtime;
  private final LuaTable environment;
  private final ValueText values;
  private final NameCompleter names;
  private String pending = "";

  /** Begins a session that sees the globals. */
  public InteractiveSession(LuaRuntime runtime) {
    this(runtime, new LuaTable());
  }

  /**
   * Begins a session.
   *
   * @param environment names that hide the globals; assigning to them changes them here only
   */
  public InteractiveSession(LuaRuntime runtime, LuaTable environment) {
    this.runtime = runtime;
    this.environment = environment;
    values = new ValueText(runtime, DEPTH);
    LuaTable metatable = new LuaTable();
    metatable.rawset("__index", runtime.globals());
    metatable.rawset("__newindex", runtime.globals());
    environment.setmetatable(metatable);
    if (environment.rawget("print").isnil()) {
      environment.rawset("print", Builtin.of("print", values::print));
    }
    names = new NameCompleter(environment, runtime.globals());
  }

  /** Evaluates a line, or what began earlier together with it. */
  public SessionReply enter(String line) {
    runtime.bind();
    boolean continued = !pending.isEmpty();
    String source = continued ? pending + "\n" + line : line;
    pending = "";
    if (source.isBlank()) {
      return new SessionReply(State.READY, "", false);
    }
    try {
      LuaFunction expression = continued ? null : asExpression(source);
      if (expression != null) {
        return run(expression, State.READY);
      }
      return runStatement(source);
    } catch (SyntaxError error) {
      if (error.isAtEnd() && !line.isEmpty()) {
        pending = source;
        return new SessionReply(State.INCOMPLETE, "", false);
      }
      return new SessionReply(State.READY, shown(error.text()) + "\n", true);
    }
  }

  /** Evaluates an expression. */
  public SessionReply evaluate(String expression) {
    runtime.bind();
    try {
      return run(load("return " + expression), State.READY);
    } catch (SyntaxError error) {
      return new SessionReply(State.READY, shown(error.text()) + "\n", true);
    }
  }

  /** Forgets what was typed of a line that is not complete. */
  public void forget() {
    pending = "";
  }

  private @Nullable LuaFunction asExpression(String source) {
    try {
      return load("return " + source);
    } catch (SyntaxError notAnExpression) {
      return null;
    }
  }

  /** A chunk that ends without {@code return} returns what it was given. */
  private SessionReply runStatement(String source) {
    LuaFunction statement;
    try {
      statement = load(source + "\nreturn ...");
    } catch (SyntaxError endsWithReturn) {
      return run(load(source), State.ENDED);
    }
    return run(statement, State.ENDED);
  }

  private LuaFunction load(String source) {
    return runtime.loadInterpreted((source + "\n").getBytes(UTF_8), CHUNK, environment);
  }

  private SessionReply run(LuaFunction chunk, State afterReturn) {
    values.begin();
    try {
      Varargs results = runtime.callAside(chunk, NOT_RETURNED);
      boolean returned = results.arg1() != NOT_RETURNED;
      if (returned) {
        runtime.callAside(Builtin.of("show", all -> values.show(results)), LuaValue.NONE);
      }
      return new SessionReply(returned ? afterReturn : State.READY, values.end(), false);
    } catch (RuleFailure failure) {
      return new SessionReply(State.READY, values.end() + failure.getMessage() + "\n", true);
    } catch (RuleAbort abort) {
      return new SessionReply(State.READY, values.end() + "aborted\n", true);
    }
  }

  /** Messages about source hold a character for each octet. */
  private static String shown(String message) {
    return new String(message.getBytes(ISO_8859_1), UTF_8);
  }

  @Override
  public Completion complete(String line) {
    runtime.bind();
    return names.complete(line);
  }
}
