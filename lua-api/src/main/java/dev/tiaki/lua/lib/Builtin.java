package dev.tiaki.lua.lib;

import org.luaj.vm2.LuaTable;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * A library function made of a Java lambda. The few that run per byte have classes of their own.
 */
public final class Builtin extends VarArgFunction {
  /** What the function does. */
  @FunctionalInterface
  public interface Body {
    /** Runs the function on its arguments and returns its results. */
    Varargs apply(Varargs arguments);
  }

  private final Body body;

  private Builtin(String name, Body body) {
    this.name = name;
    this.body = body;
  }

  /** Makes a function; {@code name} is what Lua code calls it. */
  public static Builtin of(String name, Body body) {
    return new Builtin(name, body);
  }

  /** Puts a new function into a library's table. */
  public static void add(LuaTable library, String name, Body body) {
    library.rawset(name, of(name, body));
  }

  @Override
  public Varargs invoke(Varargs arguments) {
    return body.apply(arguments);
  }

  @Override
  public String name() {
    return name;
  }
}
