package dev.tiaki.lua.budget;

/**
 * A rule ran past its budget. An {@link Error}, so that neither Lua's {@code pcall} nor Java code
 * that guards against broken rules can catch it by accident.
 */
public final class OutOfBudget extends Error {
  private static final long serialVersionUID = 1L;

  OutOfBudget(String message) {
    super(message);
  }
}
