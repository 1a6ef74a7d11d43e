package dev.tiaki.lua.state;

/** Told before each instruction of an interpreted function; compiled ones tell nobody. */
@FunctionalInterface
public interface LineHook {
  /** Called while {@code frame} is about to run the instruction at its pc. */
  void before(InterpretedFrame frame);
}
