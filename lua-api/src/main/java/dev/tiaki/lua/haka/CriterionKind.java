package dev.tiaki.lua.haka;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** A constructor of criteria, such as {@code haka.policy.range}. */
final class CriterionKind extends VarArgFunction {
  private final Maker maker;
  private final @Nullable Supplier<? extends @Nullable Criterion> learning;

  /** Makes the criterion that a rule file writes. */
  @FunctionalInterface
  interface Maker {
    /** Returns the criterion for these arguments. */
    LuaValue of(Varargs arguments);
  }

  /**
   * Makes a kind.
   *
   * @param learning makes a criterion that has learnt nothing yet; null when the kind cannot learn
   */
  CriterionKind(
      String name, Maker maker, @Nullable Supplier<? extends @Nullable Criterion> learning) {
    this.name = name;
    this.maker = maker;
    this.learning = learning;
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns a criterion that learns, or null. */
  @Nullable Criterion learner() {
    return learning == null ? null : learning.get();
  }

  @Override
  public Varargs invoke(Varargs arguments) {
    return maker.of(arguments);
  }
}
