package dev.tiaki.lua.haka;

import dev.tiaki.dissector.udp.UdpPacket;
import dev.tiaki.dissector.udpconnection.DatagramDissector;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.binding.FlowObject;
import dev.tiaki.lua.binding.PacketHandles;
import dev.tiaki.lua.binding.UdpFlowObject;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A dissector that is written in Lua, on top of one UDP flow. A packet that it neither sends nor
 * drops is dropped, as any that nobody decided about.
 */
final class LuaDatagrams implements DatagramDissector {
  private final LuaStack stack;
  private final LuaValue instance;

  private LuaDatagrams(LuaStack stack, LuaValue instance) {
    this.stack = stack;
    this.instance = instance;
  }

  /** Puts the class or instance {@code dissector} on top of a flow. */
  static void install(LuaStack stack, UdpFlowObject flow, LuaValue dissector) {
    Situation situation = stack.situation();
    FlowEntry before = situation.flow;
    situation.flow = flow.flow();
    try {
      LuaValue instance = stack.entry("activate").call(dissector, flow);
      if (instance.istable()) {
        flow.flow().setNextDissector(new LuaDatagrams(stack, instance));
      }
    } finally {
      situation.flow = before;
    }
  }

  @Override
  public void receive(UdpFlow flow, UdpPacket udp, Direction direction) {
    PacketHandles handles = stack.bindings().packets();
    LuaValue[] arguments = {
      instance, handles.flow(flow), handles.udp(udp), FlowObject.nameOf(direction)
    };
    invoke(flow, "receive_datagram", LuaValue.varargsOf(arguments));
  }

  /** Told when the flow has ended: the dissector ends, too. */
  void ended(UdpFlow flow) {
    invoke(flow, "ended", instance);
  }

  private void invoke(UdpFlow flow, String entry, Varargs arguments) {
    Situation situation = stack.situation();
    FlowEntry before = situation.flow;
    situation.flow = flow;
    try {
      stack.entry(entry).invoke(arguments);
    } catch (RuleAbort abort) {
      // an abort ends the processing of this packet and nothing else
    } finally {
      situation.flow = before;
    }
  }
}
