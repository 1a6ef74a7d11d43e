package dev.tiaki.lua.binding;

import dev.tiaki.dissector.udp.UdpPacket;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** A UDP packet. */
public final class UdpObject extends LayerObject {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of("checksum", "dstport", "length", "payload", "srcport", "name", "ip");
  private static final int SHOWN = 5;
  private static final int CHECKSUM = 0;
  private static final int DESTINATION_PORT = 1;
  private static final int LENGTH = 2;
  private static final int PAYLOAD = 3;
  private static final int SOURCE_PORT = 4;
  private static final int NAME = 5;

  private final UdpPacket udp;

  UdpObject(Bindings bindings, UdpPacket udp) {
    super(bindings, bindings.udpPackets, udp);
    this.udp = udp;
  }

  static InstanceClass describe() {
    return common(new InstanceClass("udp", ATTRIBUTES, SHOWN));
  }

  /** Returns the packet, which must not have left. */
  public UdpPacket packet() {
    requireValid();
    return udp;
  }

  @Override
  LuaValue read(int attribute) {
    if (attribute == NAME) {
      return LuaString.valueOf(layerName());
    }
    requireValid();
    return switch (attribute) {
      case CHECKSUM -> valueOf(udp.checksum());
      case DESTINATION_PORT -> valueOf(udp.destinationPort());
      case LENGTH -> valueOf(udp.length());
      case PAYLOAD -> bindings.sub(udp.payload());
      case SOURCE_PORT -> valueOf(udp.sourcePort());
      default -> lowerLayer().handle();
    };
  }

  @Override
  void write(int attribute, LuaValue value) {
    if (attribute > SOURCE_PORT || attribute == PAYLOAD) {
      return;
    }
    requireWritable();
    switch (attribute) {
      // a computed checksum may be given as a signed 16-bit number
      case CHECKSUM -> udp.setChecksum((int) (long) Arg.number(value));
      case DESTINATION_PORT -> udp.setDestinationPort(Arg.unsignedInt(value));
      case LENGTH -> udp.setLength(Arg.unsignedInt(value));
      default -> udp.setSourcePort(Arg.unsignedInt(value));
    }
  }
}
