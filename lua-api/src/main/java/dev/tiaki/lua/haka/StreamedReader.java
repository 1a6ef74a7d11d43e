package dev.tiaki.lua.haka;

import dev.tiaki.dissector.tcpconnection.EndConnectionListener;
import dev.tiaki.dissector.tcpconnection.ReceiveDataListener;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.FlowObject;
import dev.tiaki.lua.coroutine.Coroutine;
import dev.tiaki.lua.coroutine.CoroutineStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A streamed rule: one coroutine per connection and direction, made when the first data or the end
 * is seen, and resumed with each new piece. What it returned from is not started again.
 */
final class StreamedReader implements ReceiveDataListener {
  private static final Object DONE = new Object();

  private final Bindings bindings;
  private final RuleCall call;
  private final boolean withStream;
  private final int firstSlot;

  /**
   * Makes the listener of one rule.
   *
   * @param withStream whether the rule also gets the stream, in front of the iterator
   * @param index the number of streamed rules before this one
   */
  StreamedReader(Bindings bindings, RuleCall call, boolean withStream, int index) {
    this.bindings = bindings;
    this.call = call;
    this.withStream = withStream;
    this.firstSlot = 2 * index;
  }

  /**
   * Returns what puts the coroutines of a connection to rest when it ends. At the end of the
   * packets they are told that their streams end there; of a connection that was dropped or closed
   * nothing is left to see.
   */
  static EndConnectionListener ending(Bindings bindings, List<StreamedReader> readers) {
    boolean tells = !bindings.context().mode().hakaCompatible();
    return flow -> {
      if (flow.scriptData() instanceof FlowObject object) {
        @Nullable Object[] kept = object.endReaders();
        boolean told = tells && bindings.dissectors().tcpConnection().isFinishing();
        try {
          for (StreamedReader reader : readers) {
            reader.end(object, kept, told && flow.canContinue() && !flow.isBypassed());
          }
        } finally {
          kill(kept);
        }
      }
    };
  }

  private static void kill(@Nullable Object[] readers) {
    for (Object reader : readers) {
      if (reader instanceof Coroutine coroutine) {
        coroutine.kill();
      }
    }
  }

  private void end(FlowObject object, @Nullable Object[] kept, boolean told) {
    for (Direction direction : Direction.values()) {
      int slot = slot(direction);
      if (told && slot < kept.length && kept[slot] instanceof Coroutine coroutine) {
        BufferStream stream = object.flow().stream(direction);
        stream.finish();
        resume(object, slot, coroutine, bindings.iterator(stream.data().end()));
      }
    }
  }

  @Override
  public void receiveData(
      TcpFlow flow, BufferStream stream, BufferIterator current, Direction direction) {
    if (!call.isEnabled()) {
      leave(flow, direction);
      return;
    }
    if (current.available(1) == 0 && !stream.isFinished()) {
      return;
    }
    FlowObject object = bindings.packets().flow(flow);
    int slot = slot(direction);
    Object reader = object.reader(slot);
    if (reader instanceof Coroutine coroutine) {
      resume(object, slot, coroutine, bindings.iterator(current.copy()));
    } else if (reader == null && !object.isEnded()) {
      Coroutine made = bindings.runtime().newCoroutine(call.function());
      object.keepReader(slot, made);
      resume(object, slot, made, arguments(object, stream, current, direction));
    }
  }

  /** A rule that was turned off lets go of the stream that it is reading. */
  private void leave(TcpFlow flow, Direction direction) {
    int slot = slot(direction);
    if (flow.scriptData() instanceof FlowObject object
        && object.reader(slot) instanceof Coroutine coroutine) {
      object.keepReader(slot, DONE);
      call.stop(coroutine);
    }
  }

  private int slot(Direction direction) {
    return firstSlot + (direction == Direction.UP ? 0 : 1);
  }

  private Varargs arguments(
      FlowObject object, BufferStream stream, BufferIterator current, Direction direction) {
    LuaValue iterator = bindings.blockingIterator(current);
    LuaValue name = FlowObject.nameOf(direction);
    return withStream
        ? LuaValue.varargsOf(new LuaValue[] {object, bindings.stream(stream), iterator, name})
        : LuaValue.varargsOf(object, iterator, name);
  }

  private void resume(FlowObject object, int slot, Coroutine coroutine, Varargs arguments) {
    try {
      if (coroutine.status() == CoroutineStatus.SUSPENDED) {
        call.resume(object.flow(), coroutine, arguments);
      }
    } catch (RuleAbort abort) {
      // an abort ends the coroutine and nothing else
    } finally {
      if (coroutine.status() == CoroutineStatus.DEAD && !object.isEnded()) {
        object.keepReader(slot, DONE);
      }
    }
  }
}
