package dev.tiaki.lua.runtime;

import dev.tiaki.lua.state.InterpretedFrame;
import org.jspecify.annotations.Nullable;

/** Told of failures before the engine is. */
@FunctionalInterface
public interface FailureObserver {
  /**
   * Called when an error has left a rule.
   *
   * @param message what will be logged
   * @param at the interpreted function that it left first, or null
   */
  void failed(String message, @Nullable InterpretedFrame at);
}
