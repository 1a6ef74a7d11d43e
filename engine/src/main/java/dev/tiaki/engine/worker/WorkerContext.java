package dev.tiaki.engine.worker;

import dev.tiaki.engine.alert.AlertIds;
import dev.tiaki.engine.alert.AlertSink;
import dev.tiaki.engine.log.LogSections;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.time.NetworkTime;
import dev.tiaki.engine.time.TimerWheel;

/**
 * What every dissector of one worker is given. Nothing in it is shared between workers, but the
 * alert ids.
 *
 * @param number the worker's number, from 0
 * @param mode what may be done to the traffic
 * @param onRuleError what a failing rule means
 * @param time the worker's clock
 * @param timers what runs on that clock
 * @param packets the worker's packets
 * @param log where log lines go
 * @param alerts where alerts go
 * @param alertIds where alerts get their ids
 * @param counters what is counted
 * @param passMalformed whether packets whose headers are broken pass unseen by rules; else they are
 *     dropped
 */
public record WorkerContext(
    int number,
    EngineMode mode,
    OnRuleError onRuleError,
    NetworkTime time,
    TimerWheel timers,
    PacketPool packets,
    LogSections log,
    AlertSink alerts,
    AlertIds alertIds,
    Counters counters,
    boolean passMalformed) {
  /** Makes the context of a worker that drops packets whose headers are broken. */
  public WorkerContext(
      int number,
      EngineMode mode,
      OnRuleError onRuleError,
      NetworkTime time,
      TimerWheel timers,
      PacketPool packets,
      LogSections log,
      AlertSink alerts,
      AlertIds alertIds,
      Counters counters) {
    this(number, mode, onRuleError, time, timers, packets, log, alerts, alertIds, counters, false);
  }
}
