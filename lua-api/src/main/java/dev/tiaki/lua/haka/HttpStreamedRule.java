package dev.tiaki.lua.haka;

import dev.tiaki.dissector.http.HttpBody;
import dev.tiaki.dissector.http.HttpFlow;
import dev.tiaki.dissector.http.HttpListener;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.lua.binding.FlowObject;
import dev.tiaki.lua.http.HttpLibrary;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A streamed rule on the bodies of messages.
 *
 * @param withDirection whether the rule is told the direction
 */
record HttpStreamedRule(HttpLibrary library, StreamedBody rule, boolean withDirection)
    implements HttpListener.OnData {
  @Override
  public void data(HttpFlow http, HttpBody body, BufferIterator current, Direction direction) {
    rule.give(
        http.flow(),
        BodySlots.of(body),
        current,
        body.stream().isFinished(),
        () -> arguments(http, current, direction));
  }

  private Varargs arguments(HttpFlow http, BufferIterator current, Direction direction) {
    LuaValue iterator = library.blockingIterator(current);
    return withDirection
        ? LuaValue.varargsOf(library.flow(http), iterator, FlowObject.nameOf(direction))
        : LuaValue.varargsOf(library.flow(http), iterator);
  }
}
