package dev.tiaki.lua.haka;

import dev.tiaki.dissector.tcpconnection.StreamDissector;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.FlowObject;
import dev.tiaki.lua.binding.ScriptedStream;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A dissector that is written in Lua, on top of one TCP connection. */
final class LuaStream implements StreamDissector, ScriptedStream {
  private final LuaStack stack;
  private final LuaValue instance;

  private LuaStream(LuaStack stack, LuaValue instance) {
    this.stack = stack;
    this.instance = instance;
  }

  /** Puts the class or instance {@code dissector} on top of a connection. */
  static void install(LuaStack stack, FlowObject flow, LuaValue dissector) {
    Situation situation = stack.situation();
    FlowEntry before = situation.flow;
    situation.flow = flow.flow();
    try {
      LuaValue instance = stack.entry("activate").call(dissector, flow);
      if (instance.istable()) {
        flow.flow().setNextDissector(new LuaStream(stack, instance));
      }
    } finally {
      situation.flow = before;
    }
  }

  @Override
  public LuaValue object() {
    return instance;
  }

  @Override
  public void receive(
      TcpFlow flow, BufferStream stream, BufferIterator current, Direction direction) {
    Bindings bindings = stack.bindings();
    LuaValue[] arguments = {
      instance,
      bindings.packets().flow(flow),
      bindings.stream(stream),
      bindings.iterator(current.copy()),
      FlowObject.nameOf(direction)
    };
    invoke(flow, "receive_stream", LuaValue.varargsOf(arguments));
  }

  /** Told when the connection has ended: the dissector ends, too. */
  void ended(TcpFlow flow) {
    invoke(flow, "ended", instance);
  }

  private void invoke(TcpFlow flow, String entry, Varargs arguments) {
    Situation situation = stack.situation();
    FlowEntry before = situation.flow;
    situation.flow = flow;
    try {
      stack.entry(entry).invoke(arguments);
    } catch (RuleAbort abort) {
      // an abort ends the processing of this piece and nothing else
    } finally {
      situation.flow = before;
    }
  }
}
