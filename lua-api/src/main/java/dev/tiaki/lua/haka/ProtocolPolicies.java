package dev.tiaki.lua.haka;

import dev.tiaki.dissector.ip.IpDissector;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.packet.PacketDissector;
import dev.tiaki.dissector.tcp.TcpDissector;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.dissector.tcpconnection.TcpConnectionDissector;
import dev.tiaki.dissector.tcpconnection.TcpConnectionPolicies;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.udp.UdpDissector;
import dev.tiaki.dissector.udpconnection.UdpConnectionDissector;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.Layer;
import dev.tiaki.lua.binding.PacketHandles;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * The policies of the protocols. The dissectors' own defaults hold until a rule file adds a
 * statement to a policy, and after that whenever no statement matches.
 */
final class ProtocolPolicies {
  private static final LuaTable NO_DESCRIPTION = new LuaTable();
  private static final String NO_CONNECTION = "no connection found for tcp packet";
  private static final String UNEXPECTED = "unexpected tcp packet";

  private final Bindings bindings;
  private final PacketHandles handles;
  private final PolicyFunctions functions;
  private final LuaStack stack;

  ProtocolPolicies(Bindings bindings, PolicyFunctions functions, LuaStack stack) {
    this.bindings = bindings;
    this.handles = bindings.packets();
    this.functions = functions;
    this.stack = stack;
  }

  private static NamedTable table() {
    return new NamedTable("unkown policy");
  }

  private Policy policy(String name) {
    return functions.create(name);
  }

  LuaTable packet(PacketDissector dissector) {
    NamedTable table = table();
    Policy next = policy("packet next dissector");
    next.onFirstStatement(() ->
        dissector.setPolicy((packet, known) -> {
          LuaTable values = new LuaTable();
          String protocol = known == null ? "unknown" : known.name();
          values.rawset("proto", LuaString.valueOf(protocol));
          Layer handle = handles.packet(packet);
          LuaValue selected = choose(next, handle, values);
          if (selected.isboolean()) {
            return dissector.byDefault(packet, known);
          }
          return LuaStack.isLua(selected)
              ? stack.layer(selected).onFrames()
              : selected.isnil() ? null : known;
        }));
    table.rawset("next_dissector", next);
    return table;
  }

  LuaTable ip(String name, IpDissector dissector) {
    NamedTable table = table();
    Policy next = policy(name + " next dissector");
    next.onFirstStatement(() ->
        dissector.setPolicy((ip, known) -> {
          LuaTable values = new LuaTable();
          values.rawset("proto", ip.protocol());
          LuaValue selected = choose(next, handles.ipLayer(ip), values);
          return LuaStack.isLua(selected)
              ? stack.layer(selected).onIp()
              : selected.isnil() ? null : known;
        }));
    table.rawset("next_dissector", next);
    return table;
  }

  /** The policies of a protocol that nothing stands on yet. */
  LuaTable application(String name) {
    NamedTable table = table();
    table.rawset("next_dissector", policy(name + " next dissector"));
    return table;
  }

  LuaTable tcp(TcpDissector dissector) {
    NamedTable table = table();
    Policy next = policy("tcp next dissector");
    next.onFirstStatement(() ->
        dissector.setPolicy((tcp, known) -> {
          LuaTable values = new LuaTable();
          values.rawset("dstport", tcp.destinationPort());
          LuaValue selected = choose(next, handles.tcp(tcp), values);
          return LuaStack.isLua(selected)
              ? stack.layer(selected).onTcp()
              : selected.isnil() ? null : known;
        }));
    table.rawset("next_dissector", next);
    return table;
  }

  LuaTable udp(UdpDissector dissector) {
    NamedTable table = table();
    Policy next = policy("udp next dissector");
    next.onFirstStatement(() ->
        dissector.setPolicy((udp, known) -> {
          LuaTable values = new LuaTable();
          values.rawset("srcport", udp.sourcePort());
          values.rawset("dstport", udp.destinationPort());
          LuaValue selected = choose(next, handles.udp(udp), values);
          return selected.isnil() ? null : known;
        }));
    table.rawset("next_dissector", next);
    return table;
  }

  LuaTable udpConnection(UdpConnectionDissector dissector) {
    NamedTable table = table();
    Policy next = policy("udp_connection next dissector");
    DatagramChoice choice = new DatagramChoice(bindings, stack, next);
    bindings.setDatagramSelection(choice::select);
    dissector.setNextDissector(choice);
    table.rawset("next_dissector", next);
    return table;
  }

  LuaTable connection(TcpConnectionDissector dissector) {
    TcpConnectionPolicies policies = dissector.policies();
    NamedTable table = table();
    table.rawset("new_connection", newConnection(policies));
    table.rawset("no_connection_found", noConnectionFound(policies));
    table.rawset("unexpected_packet", unexpectedPacket(policies));
    table.rawset("invalid_handshake", policy("invalid tcp handshake"));
    Policy next = policy("tcp_connection next dissector");
    FlowChoice choice = new FlowChoice(bindings, stack, next);
    bindings.setFlowSelection(choice::selected);
    policies.setNextDissector(choice);
    table.rawset("next_dissector", next);
    return table;
  }

  /**
   * Applies a policy of next dissectors to a layer and returns what was selected there: nil for
   * none, {@code true} for the default when no statement matched.
   */
  private static LuaValue choose(Policy next, Layer layer, LuaTable values) {
    layer.select(LuaValue.NIL);
    boolean matched = next.apply(layer.handle(), values, NO_DESCRIPTION).matched();
    LuaValue selected = layer.selected();
    return matched || !selected.isnil() ? selected : LuaValue.TRUE;
  }

  private Policy newConnection(TcpConnectionPolicies policies) {
    Policy policy = policy("new connection");
    return policy.onFirstStatement(() ->
        policies.setNewConnection(
            (flow, tcp) -> policy.apply(handles.flow(flow), values(flow), NO_DESCRIPTION)));
  }

  private Policy noConnectionFound(TcpConnectionPolicies policies) {
    Policy policy = policy(NO_CONNECTION);
    TcpConnectionPolicies.NoConnectionFound byDefault = policies.noConnectionFound();
    policies.setNoConnectionFound(tcp -> {
      if (!policy.isEmpty()
          && policy.apply(handles.tcp(tcp), values(tcp), NO_DESCRIPTION).matched()) {
        return;
      }
      policy.logDefault();
      byDefault.apply(tcp);
    });
    return policy;
  }

  private Policy unexpectedPacket(TcpConnectionPolicies policies) {
    Policy policy = policy(UNEXPECTED);
    TcpConnectionPolicies.UnexpectedPacket byDefault = policies.unexpectedPacket();
    policies.setUnexpectedPacket((flow, tcp, description) -> {
      LuaTable words = new LuaTable();
      if (description != null) {
        words.rawset("description", LuaString.valueOf(description));
      }
      if (!policy.isEmpty() && policy.apply(handles.tcp(tcp), new LuaTable(), words).matched()) {
        return;
      }
      policy.logDefault();
      byDefault.apply(flow, tcp, description);
    });
    return policy;
  }

  private LuaTable values(TcpFlow flow) {
    return ends(
        bindings.address(flow.sourceAddress()),
        flow.sourcePort(),
        bindings.address(flow.destinationAddress()),
        flow.destinationPort());
  }

  private LuaTable values(TcpPacket tcp) {
    IpPacket ip = tcp.ip();
    return ends(
        bindings.address(ip.source()),
        tcp.sourcePort(),
        bindings.address(ip.destination()),
        tcp.destinationPort());
  }

  private static LuaTable ends(LuaValue source, int sourcePort, LuaValue target, int targetPort) {
    LuaTable values = new LuaTable();
    values.rawset("srcip", source);
    values.rawset("srcport", sourcePort);
    values.rawset("dstip", target);
    values.rawset("dstport", targetPort);
    return values;
  }
}
