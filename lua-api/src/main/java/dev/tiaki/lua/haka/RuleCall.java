package dev.tiaki.lua.haka;

import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.lua.coroutine.Coroutine;
import dev.tiaki.lua.runtime.LuaCall;
import dev.tiaki.lua.runtime.LuaRuntime;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The function of one rule as listeners call it: it counts the call, notes the situation for
 * alerts, and gives failures the place of the rule when they have none. Allocates nothing itself.
 */
final class RuleCall {
  private final LuaRuntime runtime;
  private final Situation situation;
  private final RuleEntry entry;
  private final LuaCall call;

  RuleCall(LuaRuntime runtime, Situation situation, RuleEntry entry, LuaValue function) {
    this.runtime = runtime;
    this.situation = situation;
    this.entry = entry;
    this.call = runtime.call(function, entry.name());
  }

  LuaValue function() {
    return call.function();
  }

  /** Tells whether the rule runs; a streamed one that does not gives its coroutines up. */
  boolean isEnabled() {
    return entry.isEnabled();
  }

  void on(Packet packet, LuaValue argument) {
    if (!entry.isEnabled()) {
      return;
    }
    RuleEntry outer = begin();
    long start = entry.begin();
    Packet before = situation.packet;
    situation.packet = packet;
    try {
      call.call(argument);
    } catch (RuleFailure | RuleAbort ended) {
      settle(ended);
    } finally {
      situation.packet = before;
      entry.end(start);
      situation.rule = outer;
    }
  }

  void on(FlowEntry flow, LuaValue argument) {
    if (!entry.isEnabled()) {
      return;
    }
    RuleEntry outer = begin();
    long start = entry.begin();
    FlowEntry before = situation.flow;
    situation.flow = flow;
    try {
      call.call(argument);
    } catch (RuleFailure | RuleAbort ended) {
      settle(ended);
    } finally {
      situation.flow = before;
      entry.end(start);
      situation.rule = outer;
    }
  }

  void on(FlowEntry flow, @Nullable Packet packet, LuaValue a, LuaValue b, LuaValue c) {
    if (!entry.isEnabled()) {
      return;
    }
    RuleEntry outer = begin();
    long start = entry.begin();
    FlowEntry before = situation.flow;
    Packet packetBefore = situation.packet;
    situation.flow = flow;
    situation.packet = packet;
    try {
      call.call(a, b, c);
    } catch (RuleFailure | RuleAbort ended) {
      settle(ended);
    } finally {
      situation.packet = packetBefore;
      situation.flow = before;
      entry.end(start);
      situation.rule = outer;
    }
  }

  void on(FlowEntry flow, Varargs arguments) {
    if (!entry.isEnabled()) {
      return;
    }
    RuleEntry outer = begin();
    long start = entry.begin();
    FlowEntry before = situation.flow;
    situation.flow = flow;
    try {
      call.invoke(arguments);
    } catch (RuleFailure | RuleAbort ended) {
      settle(ended);
    } finally {
      situation.flow = before;
      entry.end(start);
      situation.rule = outer;
    }
  }

  /** Calls the function for an event that is about neither packet nor connection. */
  void onNothing(Varargs arguments) {
    if (!entry.isEnabled()) {
      return;
    }
    RuleEntry outer = begin();
    long start = entry.begin();
    try {
      call.invoke(arguments);
    } catch (RuleFailure | RuleAbort ended) {
      settle(ended);
    } finally {
      entry.end(start);
      situation.rule = outer;
    }
  }

  /** Runs a coroutine of the function until it sleeps or ends, as an event of its own. */
  void resume(FlowEntry flow, Coroutine coroutine, Varargs arguments) {
    if (!entry.isEnabled()) {
      return;
    }
    RuleEntry outer = begin();
    long start = entry.begin();
    FlowEntry before = situation.flow;
    situation.flow = flow;
    runtime.bind();
    runtime.budget().enter();
    try {
      coroutine.resume(arguments);
    } catch (RuntimeException | Error thrown) {
      settle(runtime.failures().toRule(thrown, entry.name()));
    } finally {
      runtime.budget().leave();
      situation.flow = before;
      entry.end(start);
      situation.rule = outer;
    }
  }

  /** Ends a coroutine of the function that sleeps, with a budget for what that takes. */
  void stop(Coroutine coroutine) {
    runtime.bind();
    runtime.budget().enter();
    try {
      coroutine.stop();
    } finally {
      runtime.budget().leave();
    }
  }

  private @Nullable RuleEntry begin() {
    RuleEntry outer = situation.rule;
    situation.rule = entry;
    return outer;
  }

  /** Throws what ended the rule, unless the rule's own policy keeps it from stopping anything. */
  private void settle(RuntimeException ended) {
    if (ended instanceof RuleFailure failure) {
      RuleFailure placed = failed(failure);
      OnRuleError tolerance = entry.tolerance();
      if (tolerance == null) {
        throw placed;
      }
      situation.reports().tolerated(placed, tolerance, situation.alertContext());
    } else if (!(ended instanceof RuleAbort) || situation.allows("end the processing")) {
      throw ended;
    }
  }

  private RuleFailure failed(RuleFailure failure) {
    entry.failed();
    OnRuleError policy = entry.onError();
    if (failure.location() != null && policy == null) {
      return failure;
    }
    String location = failure.location() == null ? entry.location() : failure.location();
    return new RuleFailure(failure.getMessage(), entry.name(), location, policy);
  }
}
