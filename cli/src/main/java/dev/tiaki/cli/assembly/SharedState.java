package dev.tiaki.cli.assembly;

import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.worker.EngineErrorHandler;

/**
 * What the workers of a run share.
 *
 * @param alertIds where alerts get their ids
 * @param engineErrors who is told when the engine itself fails on a packet
 * @param stop ends the run, as {@code haka.exit} asks
 */
public record SharedState(AlertIds alertIds, EngineErrorHandler engineErrors, Runnable stop) {}
