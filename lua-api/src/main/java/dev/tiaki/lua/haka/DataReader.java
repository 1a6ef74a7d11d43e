package dev.tiaki.lua.haka;

import dev.tiaki.dissector.tcpconnection.ReceiveDataListener;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.FlowObject;
import org.luaj.vm2.LuaValue;

/** A rule on data that is called for each piece; not for an end without data. */
final class DataReader implements ReceiveDataListener {
  private final Bindings bindings;
  private final RuleCall call;
  private final boolean withStream;

  /**
   * Makes the listener of one rule.
   *
   * @param withStream whether the rule gets {@code (flow, stream, current, direction)}, or else
   *     {@code (flow, sub, direction)}
   */
  DataReader(Bindings bindings, RuleCall call, boolean withStream) {
    this.bindings = bindings;
    this.call = call;
    this.withStream = withStream;
  }

  @Override
  public void receiveData(
      TcpFlow flow, BufferStream stream, BufferIterator current, Direction direction) {
    FlowObject object = bindings.packets().flow(flow);
    if (withStream) {
      if (current.available(1) > 0) {
        LuaValue iterator = bindings.iterator(current.copy());
        LuaValue[] arguments = {
          object, bindings.stream(stream), iterator, FlowObject.nameOf(direction)
        };
        call.on(flow, LuaValue.varargsOf(arguments));
      }
      return;
    }
    SubBuffer sub = current.peekAvailable();
    if (sub != null) {
      call.on(flow, null, object, bindings.sub(sub), FlowObject.nameOf(direction));
    }
  }
}
