package dev.tiaki.lua.haka;

import dev.tiaki.dissector.udp.UdpEvents;
import dev.tiaki.dissector.udp.UdpPacketListener;
import dev.tiaki.dissector.udpconnection.UdpConnectionEvents;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.FlowObject;
import dev.tiaki.lua.binding.PacketHandles;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The event tables of UDP and of its flows. */
final class DatagramEvents {
  private final PacketHandles handles;

  DatagramEvents(Bindings bindings) {
    this.handles = bindings.packets();
  }

  LuaTable udp(UdpEvents events) {
    NamedTable table = ProtocolEvents.table();
    ProtocolEvents.add(
        table, "udp", "receive_packet", (c, s) -> events.receivePacket().add(onUdp(c)));
    ProtocolEvents.add(table, "udp", "send_packet", (c, s) -> events.sendPacket().add(onUdp(c)));
    ProtocolEvents.addSilent(table, "udp", "protocol_error");
    return table;
  }

  private UdpPacketListener onUdp(RuleCall call) {
    return udp -> call.on(udp.packet(), handles.udp(udp));
  }

  LuaTable connection(UdpConnectionEvents events) {
    NamedTable table = ProtocolEvents.table();
    add(
        table,
        "new_connection",
        (c, s) ->
            events
                .newConnection()
                .add((flow, udp) ->
                    c.on(flow, udp.packet(), handles.flow(flow), handles.udp(udp), LuaValue.NIL)));
    add(table, "receive_packet", (c, s) -> events.receivePacket().add(onPacket(c)));
    add(table, "receive_data", (c, s) -> events.receiveData().add(onPacket(c)));
    add(table, "detect_protocol", (c, s) -> events.detectProtocol().add(onPacket(c)));
    add(
        table,
        "end_connection",
        (c, s) -> events.endConnection().add(flow -> c.on(flow, handles.flow(flow))));
    ProtocolEvents.addSilent(table, "udp_connection", "send_packet");
    ProtocolEvents.addSilent(table, "udp_connection", "protocol_error");
    return table;
  }

  private static void add(LuaTable table, String event, EventObject.Binder binder) {
    ProtocolEvents.add(table, "udp_connection", event, binder);
  }

  private UdpConnectionEvents.PacketListener onPacket(RuleCall call) {
    return (flow, udp, direction) ->
        call.on(
            flow, udp.packet(), handles.flow(flow), handles.udp(udp), FlowObject.nameOf(direction));
  }
}
