package dev.tiaki.lua.haka;

import dev.tiaki.dissector.http.HttpBody;
import dev.tiaki.dissector.http.HttpFlow;
import dev.tiaki.dissector.http.HttpListener;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.lua.binding.FlowObject;
import dev.tiaki.lua.http.HttpLibrary;
import org.luaj.vm2.LuaValue;

/**
 * A rule on bodies that is called for each piece, not for an end without data.
 *
 * @param withDirection whether the rule is told the direction
 */
record HttpDataRule(HttpLibrary library, RuleCall call, boolean withDirection)
    implements HttpListener.OnData {
  @Override
  public void data(HttpFlow http, HttpBody body, BufferIterator current, Direction direction) {
    SubBuffer piece = current.peekAvailable();
    if (piece != null) {
      LuaValue way = withDirection ? FlowObject.nameOf(direction) : LuaValue.NIL;
      call.on(http.flow(), null, library.flow(http), library.sub(piece), way);
    }
  }
}
