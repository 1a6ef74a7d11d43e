package dev.tiaki.lua.haka;

import dev.tiaki.dissector.http.HttpBody;
import dev.tiaki.dissector.http.HttpFlow;
import dev.tiaki.dissector.http.HttpListener;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.binding.FlowObject;
import dev.tiaki.lua.coroutine.Coroutine;
import dev.tiaki.lua.coroutine.CoroutineStatus;
import dev.tiaki.lua.http.HttpLibrary;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A streamed rule on bodies: one coroutine for each message, resumed with each piece and at the
 * end. What it returned from is not started again.
 *
 * @param slot the rule's place among those that keep something with a body
 * @param withDirection whether the rule is told the direction
 */
record HttpStreamedRule(HttpLibrary library, RuleCall call, int slot, boolean withDirection)
    implements HttpListener.OnData {
  private static final Object DONE = new Object();

  @Override
  public void data(HttpFlow http, HttpBody body, BufferIterator current, Direction direction) {
    if (current.available(1) == 0 && !body.stream().isFinished()) {
      return;
    }
    BodySlots slots = BodySlots.of(body);
    Object reader = slots.get(slot);
    if (reader instanceof Coroutine coroutine) {
      resume(http, slots, coroutine, library.iterator(current));
    } else if (reader == null) {
      Coroutine made = library.coroutine(call.function());
      slots.put(slot, made);
      resume(http, slots, made, arguments(http, current, direction));
    }
  }

  private Varargs arguments(HttpFlow http, BufferIterator current, Direction direction) {
    LuaValue iterator = library.blockingIterator(current);
    return withDirection
        ? LuaValue.varargsOf(library.flow(http), iterator, FlowObject.nameOf(direction))
        : LuaValue.varargsOf(library.flow(http), iterator);
  }

  private void resume(HttpFlow http, BodySlots slots, Coroutine coroutine, Varargs arguments) {
    try {
      if (coroutine.status() == CoroutineStatus.SUSPENDED) {
        call.resume(http.flow(), coroutine, arguments);
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
