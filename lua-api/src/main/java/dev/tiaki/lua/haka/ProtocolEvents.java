package dev.tiaki.lua.haka;

import dev.tiaki.dissector.icmp.IcmpEvents;
import dev.tiaki.dissector.icmp.IcmpPacketListener;
import dev.tiaki.dissector.ip.IpEvents;
import dev.tiaki.dissector.ip.IpPacketListener;
import dev.tiaki.dissector.packet.PacketEvents;
import dev.tiaki.dissector.packet.PacketListener;
import dev.tiaki.dissector.tcp.TcpEvents;
import dev.tiaki.dissector.tcp.TcpPacketListener;
import dev.tiaki.dissector.tcpconnection.TcpConnectionEvents;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.FlowObject;
import dev.tiaki.lua.binding.PacketHandles;
import dev.tiaki.lua.binding.PacketValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The event tables of the protocols: what binds a rule on each event to the dissector. */
final class ProtocolEvents {
  private final Bindings bindings;
  private final PacketHandles handles;

  /** Goes on over all Lua states: a connection keeps its coroutines by these numbers. */
  private static final AtomicInteger STREAMED_RULES = new AtomicInteger();

  private final List<StreamedReader> streamedReaders = new ArrayList<>();
  private boolean hasStreamed;

  ProtocolEvents(Bindings bindings) {
    this.bindings = bindings;
    this.handles = bindings.packets();
  }

  static NamedTable table() {
    return new NamedTable("unkown event");
  }

  static void add(LuaTable table, String protocol, String event, EventObject.Binder binder) {
    table.rawset(event, new EventObject(protocol + ":" + event, binder));
  }

  /** Adds an event that Haka has and nothing ever signals. */
  static void addSilent(LuaTable table, String protocol, String event) {
    table.rawset(event, EventObject.plain(protocol + ":" + event));
  }

  LuaTable packet(PacketEvents events) {
    NamedTable table = table();
    add(table, "packet", "receive_packet", (c, s) -> events.receivePacket().add(onPacket(c)));
    add(table, "packet", "send_packet", (c, s) -> events.sendPacket().add(onPacket(c)));
    addSilent(table, "packet", "protocol_error");
    return table;
  }

  private PacketListener onPacket(RuleCall call) {
    return packet -> {
      PacketValue value = handles.packet(packet);
      try {
        call.on(packet, value);
      } finally {
        value.commit();
      }
    };
  }

  LuaTable ip(String name, IpEvents events) {
    NamedTable table = table();
    add(table, name, "receive_packet", (c, s) -> events.receivePacket().add(onIp(c)));
    add(
        table,
        name,
        "receive_packet_reassembled",
        (c, s) -> events.receivePacketReassembled().add(onIp(c)));
    add(table, name, "send_packet", (c, s) -> events.sendPacket().add(onIp(c)));
    addSilent(table, name, "protocol_error");
    return table;
  }

  private IpPacketListener onIp(RuleCall call) {
    return ip -> call.on(ip.packet(), handles.ipValue(ip));
  }

  LuaTable icmp(String name, IcmpEvents events) {
    NamedTable table = table();
    add(table, name, "receive_packet", (c, s) -> events.receivePacket().add(onIcmp(c)));
    add(table, name, "send_packet", (c, s) -> events.sendPacket().add(onIcmp(c)));
    addSilent(table, name, "protocol_error");
    return table;
  }

  private IcmpPacketListener onIcmp(RuleCall call) {
    return icmp -> call.on(icmp.packet(), handles.icmp(icmp));
  }

  LuaTable tcp(TcpEvents events) {
    NamedTable table = table();
    add(table, "tcp", "receive_packet", (c, s) -> events.receivePacket().add(onTcp(c)));
    add(table, "tcp", "send_packet", (c, s) -> events.sendPacket().add(onTcp(c)));
    addSilent(table, "tcp", "protocol_error");
    return table;
  }

  private TcpPacketListener onTcp(RuleCall call) {
    return tcp -> call.on(tcp.packet(), handles.tcp(tcp));
  }

  /**
   * Makes the events of connections.
   *
   * @param name {@code tcp_connection}, or {@code tcp-connection} as early Haka called it
   * @param withStream whether data listeners get {@code (flow, stream, current, direction)}, as
   *     under the early name
   */
  LuaTable connection(String name, TcpConnectionEvents events, boolean withStream) {
    NamedTable table = table();
    add(
        table,
        name,
        "new_connection",
        (c, s) ->
            events
                .newConnection()
                .add((flow, tcp) ->
                    c.on(flow, tcp.packet(), handles.flow(flow), handles.tcp(tcp), LuaValue.NIL)));
    add(
        table,
        name,
        "receive_packet",
        (c, s) ->
            events
                .receivePacket()
                .add((flow, tcp, direction) ->
                    c.on(
                        flow,
                        tcp.packet(),
                        handles.flow(flow),
                        handles.tcp(tcp),
                        FlowObject.nameOf(direction))));
    add(table, name, "receive_data", (c, streamed) -> bindData(events, c, withStream, streamed));
    add(
        table,
        name,
        "detect_protocol",
        (c, s) -> events.detectProtocol().add(new DataReader(bindings, c, withStream)));
    add(
        table,
        name,
        "end_connection",
        (c, s) -> events.endConnection().add(flow -> c.on(flow, handles.flow(flow))));
    addSilent(table, name, "send_packet");
    addSilent(table, name, "protocol_error");
    return table;
  }

  private void bindData(
      TcpConnectionEvents events, RuleCall call, boolean withStream, boolean streamed) {
    if (!streamed) {
      events.receiveData().add(new DataReader(bindings, call, withStream));
      return;
    }
    if (!hasStreamed) {
      hasStreamed = true;
      events.endConnection().add(StreamedReader.ending(bindings, streamedReaders));
    }
    StreamedReader reader =
        new StreamedReader(bindings, call, withStream, STREAMED_RULES.getAndIncrement());
    streamedReaders.add(reader);
    events.receiveData().add(reader);
  }
}
