package dev.tiaki.cli.assembly;

import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.worker.EngineErrorHandler;
import dev.tiaki.lua.shared.Commons;

/**
 * What the workers of a run share.
 *
 * @param alertIds where alerts get their ids
 * @param engineErrors who is told when the engine itself fails on a packet
 * @param stop ends the run, as {@code haka.exit} asks
 * @param commons what their Lua states have in common
 */
public record SharedState(
    AlertIds alertIds, EngineErrorHandler engineErrors, Runnable stop, Commons commons) {

  /** Makes what workers share whose Lua states have nothing in common yet. */
  public SharedState(AlertIds alertIds, EngineErrorHandler engineErrors, Runnable stop) {
    this(alertIds, engineErrors, stop, new Commons());
  }
}
