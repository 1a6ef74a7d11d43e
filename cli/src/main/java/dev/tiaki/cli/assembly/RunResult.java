package dev.tiaki.cli.assembly;

import dev.tiaki.engine.worker.Counters;
import java.util.List;

/**
 * What came of a run.
 *
 * @param counters what all workers counted
 * @param captures how many captures were named
 * @param failures why captures could not be read, or not wholly; one line each
 * @param engineErrors how many packets the engine itself failed on
 * @param alerts how many alerts were posted
 * @param lastNanos the newest packet's time, nanoseconds since the Unix epoch
 * @param wallNanos how long the run took
 * @param stopped whether it was stopped before its end
 */
public record RunResult(
    Counters counters,
    int captures,
    List<String> failures,
    long engineErrors,
    long alerts,
    long lastNanos,
    long wallNanos,
    boolean stopped) {}
