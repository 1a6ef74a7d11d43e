package dev.tiaki.lua.binding;

import dev.tiaki.dissector.icmp.IcmpFamily;
import dev.tiaki.dissector.icmp.IcmpMessage;
import dev.tiaki.dissector.icmp.IcmpPacket;
import dev.tiaki.dissector.ip.QuotedPacket;
import dev.tiaki.engine.address.IpAddress;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** An ICMP packet of either family. */
public final class IcmpObject extends LayerObject {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of(
          "checksum",
          "code",
          "payload",
          "type",
          "name",
          "ip",
          "kind",
          "echo_id",
          "echo_seq",
          "mtu",
          "pointer",
          "gateway",
          "target",
          "quoted");
  private static final int SHOWN = 4;
  private static final int CHECKSUM = 0;
  private static final int CODE = 1;
  private static final int PAYLOAD = 2;
  private static final int MESSAGE_TYPE = 3;
  private static final int NAME = 4;
  private static final int IP = 5;
  private static final int KIND = 6;
  private static final int ECHO_ID = 7;
  private static final int ECHO_SEQUENCE = 8;
  private static final int MTU = 9;
  private static final int POINTER = 10;
  private static final int GATEWAY = 11;
  private static final int TARGET = 12;

  private final IcmpPacket icmp;

  IcmpObject(Bindings bindings, IcmpPacket icmp) {
    super(bindings, icmp.ip().isIpv6() ? bindings.icmpv6Packets : bindings.icmpPackets, icmp);
    this.icmp = icmp;
  }

  static InstanceClass describe(IcmpFamily family) {
    return common(new InstanceClass(family.protocolName(), ATTRIBUTES, SHOWN));
  }

  @Override
  LuaValue read(int attribute) {
    if (attribute == NAME) {
      return LuaString.valueOf(layerName());
    }
    requireValid();
    return switch (attribute) {
      case CHECKSUM -> valueOf(icmp.checksum());
      case CODE -> valueOf(icmp.code());
      case PAYLOAD -> bindings.sub(icmp.payload());
      case MESSAGE_TYPE -> valueOf(icmp.type());
      case IP -> lowerLayer().handle();
      case KIND -> LuaString.valueOf(icmp.message().kind());
      default -> detail(attribute, icmp.message());
    };
  }

  private LuaValue detail(int attribute, IcmpMessage message) {
    return switch (attribute) {
      case ECHO_ID -> message instanceof IcmpMessage.Echo echo ? valueOf(echo.identifier()) : NIL;
      case ECHO_SEQUENCE ->
          message instanceof IcmpMessage.Echo echo ? valueOf(echo.sequence()) : NIL;
      case MTU -> mtu(message);
      case POINTER ->
          message instanceof IcmpMessage.ParameterProblem problem
              ? Arg.count(problem.pointer())
              : NIL;
      case GATEWAY ->
          message instanceof IcmpMessage.Redirect redirect ? address(redirect.gateway()) : NIL;
      case TARGET ->
          message instanceof IcmpMessage.Neighbor neighbor ? address(neighbor.target()) : NIL;
      default -> quoted(message.quoted());
    };
  }

  private static LuaValue mtu(IcmpMessage message) {
    return switch (message) {
      case IcmpMessage.Unreachable unreachable when unreachable.mtu() > 0 ->
          valueOf(unreachable.mtu());
      case IcmpMessage.PacketTooBig tooBig -> Arg.count(tooBig.mtu());
      default -> NIL;
    };
  }

  private LuaValue address(IpAddress address) {
    return bindings.address(address);
  }

  private LuaValue quoted(@Nullable QuotedPacket packet) {
    if (packet == null) {
      return NIL;
    }
    LuaTable table = new LuaTable();
    table.rawset("src", address(packet.source()));
    table.rawset("dst", address(packet.destination()));
    table.rawset("proto", packet.protocol());
    if (packet.sourcePort() >= 0) {
      table.rawset("srcport", packet.sourcePort());
      table.rawset("dstport", packet.destinationPort());
    }
    return table;
  }

  @Override
  void write(int attribute, LuaValue value) {
    if (attribute > MESSAGE_TYPE || attribute == PAYLOAD) {
      return;
    }
    requireWritable();
    switch (attribute) {
      case CHECKSUM -> icmp.setChecksum((int) (long) Arg.number(value));
      case CODE -> icmp.setCode(Arg.unsignedInt(value));
      default -> icmp.setType(Arg.unsignedInt(value));
    }
  }
}
