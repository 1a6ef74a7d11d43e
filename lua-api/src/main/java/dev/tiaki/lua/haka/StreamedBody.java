package dev.tiaki.lua.haka;

import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.coroutine.Coroutine;
import dev.tiaki.lua.coroutine.CoroutineStatus;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Varargs;

/**
 * A streamed rule on bodies: one coroutine for each, resumed with each piece and at the end. What
 * it returned from is not started again.
 *
 * @param slot the rule's place among those that keep something with a body
 */
record StreamedBody(Bindings bindings, RuleCall call, int slot) {
  private static final Object DONE = new Object();

  /**
   * Gives the coroutine a piece, or the end.
   *
   * @param first what a coroutine is started with
   */
  void give(
      TcpFlow flow,
      BodySlots slots,
      BufferIterator current,
      boolean finished,
      Supplier<Varargs> first) {
    Object reader = slots.get(slot);
    if (!call.isEnabled()) {
      leave(slots, reader);
      return;
    }
    if (current.available(1) == 0 && !finished) {
      return;
    }
    if (reader instanceof Coroutine coroutine) {
      resume(flow, slots, coroutine, bindings.iterator(current.copy()));
    } else if (reader == null) {
      Coroutine made = bindings.runtime().newCoroutine(call.function());
      slots.put(slot, made);
      resume(flow, slots, made, first.get());
    }
  }

  /** A rule that was turned off lets go of the body that it is reading. */
  private void leave(BodySlots slots, @Nullable Object reader) {
    if (reader instanceof Coroutine coroutine) {
      slots.put(slot, DONE);
      call.stop(coroutine);
    }
  }

  private void resume(TcpFlow flow, BodySlots slots, Coroutine coroutine, Varargs arguments) {
    try {
      if (coroutine.status() == CoroutineStatus.SUSPENDED) {
        call.resume(flow, coroutine, arguments);
      }
    } catch (RuleAbort abort) {
      // an abort ends the coroutine and nothing else
    } finally {
      if (coroutine.status() == CoroutineStatus.DEAD) {
        slots.put(slot, DONE);
      }
    }
  }
}
