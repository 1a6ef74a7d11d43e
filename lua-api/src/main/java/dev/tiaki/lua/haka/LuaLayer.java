package dev.tiaki.lua.haka;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ip.TransportDissector;
import dev.tiaki.dissector.packet.NetworkDissector;
import dev.tiaki.dissector.packet.RuleErrors;
import dev.tiaki.dissector.tcp.SegmentReceiver;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.Verdict;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.lua.binding.PacketHandles;
import dev.tiaki.lua.runtime.LuaCall;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * A packet dissector that is written in Lua, on top of any layer of packets. A packet that it
 * leaves without a verdict is dropped, as any that nobody decided about.
 */
final class LuaLayer {
  private final LuaStack stack;
  private final LuaValue dissector;
  private final String name;
  private final LuaCall receive;
  private final PacketHandles handles;
  private final RuleErrors errors;

  LuaLayer(LuaStack stack, LuaValue dissector) {
    this.stack = stack;
    this.dissector = dissector;
    this.name = dissector.get(LuaString.valueOf("name")).optjstring("?");
    this.receive = stack.entry("receive");
    this.handles = stack.bindings().packets();
    this.errors = new RuleErrors(stack.bindings().context(), "lua", name + ": ");
  }

  /**
   * Gives the packet to the dissector.
   *
   * @param onward lets the packet go on without it, should it fail and failures be tolerated
   */
  private void receive(Packet packet, LuaValue parent, Runnable onward) {
    Situation situation = stack.situation();
    Packet before = situation.packet;
    situation.packet = packet;
    try {
      receive.call(dissector, parent);
    } catch (RuleAbort abort) {
      packet.drop(DropReason.RULE);
    } catch (RuleFailure failure) {
      if (!errors.survives(failure, packet)) {
        packet.drop(DropReason.RULE_ERROR);
      } else if (packet.verdict() == Verdict.PENDING) {
        onward.run();
      }
    } finally {
      situation.packet = before;
    }
  }

  NetworkDissector onFrames() {
    return new NetworkDissector() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void receive(Packet packet) {
        LuaLayer.this.receive(
            packet,
            handles.packet(packet),
            () -> stack.bindings().dissectors().packet().send(packet));
      }
    };
  }

  TransportDissector onIp() {
    return new TransportDissector() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void receive(IpPacket ip) {
        LuaLayer.this.receive(ip.packet(), handles.ipValue(ip), ip::send);
      }
    };
  }

  SegmentReceiver onTcp() {
    return new SegmentReceiver() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void receive(TcpPacket tcp) {
        LuaLayer.this.receive(tcp.packet(), handles.tcp(tcp), tcp::send);
      }
    };
  }
}
