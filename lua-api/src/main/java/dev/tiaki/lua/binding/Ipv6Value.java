package dev.tiaki.lua.binding;

import dev.tiaki.dissector.ipv6.Ipv6Packet;
import org.luaj.vm2.LuaValue;

/** An IPv6 packet; Haka has none, the names follow its IPv4 ones. */
public final class Ipv6Value extends IpValue {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of(
          "version",
          "traffic_class",
          "flow_label",
          "len",
          "hop_limit",
          "ttl",
          "proto",
          "next_header",
          "hdr_len",
          "src",
          "dst",
          "payload",
          "name",
          "dont_reassemble",
          "frag_offset",
          "id",
          "mf",
          "raw");
  private static final int VERSION = 0;
  private static final int TRAFFIC_CLASS = 1;
  private static final int FLOW_LABEL = 2;
  private static final int LENGTH = 3;
  private static final int HOP_LIMIT = 4;
  private static final int TTL = 5;
  private static final int PROTOCOL = 6;
  private static final int NEXT_HEADER = 7;
  private static final int HEADER_LENGTH = 8;
  private static final int SOURCE = 9;
  private static final int DESTINATION = 10;
  private static final int PAYLOAD = 11;
  private static final int NAME = 12;
  private static final int DONT_REASSEMBLE = 13;
  private static final int FRAGMENT_OFFSET = 14;
  private static final int IDENTIFICATION = 15;
  private static final int MORE_FRAGMENTS = 16;
  private static final int FIXED_HEADER_BYTES = 40;
  private static final String TYPE = "ipv6";

  Ipv6Value(Bindings bindings, Ipv6Packet packet) {
    super(bindings, bindings.ipv6Packets, packet);
  }

  static NativeClass describe() {
    return common(new NativeClass(TYPE, ATTRIBUTES));
  }

  private Ipv6Packet packet() {
    return (Ipv6Packet) valid();
  }

  @Override
  public String layerName() {
    return TYPE;
  }

  @Override
  protected LuaValue read(int attribute) {
    if (attribute == NAME) {
      return LuaValue.valueOf(TYPE);
    }
    Ipv6Packet packet = packet();
    return switch (attribute) {
      case SOURCE -> bindings.address(packet.source());
      case DESTINATION -> bindings.address(packet.destination());
      case PAYLOAD -> bindings.buffer(packet.payload());
      case DONT_REASSEMBLE -> LuaValue.valueOf(packet.dontReassemble());
      case MORE_FRAGMENTS -> LuaValue.valueOf(packet.moreFragments());
      default -> attribute > MORE_FRAGMENTS ? lowerLayer().handle() : number(packet, attribute);
    };
  }

  private static LuaValue number(Ipv6Packet packet, int attribute) {
    return switch (attribute) {
      case VERSION -> LuaValue.valueOf(packet.version());
      case TRAFFIC_CLASS -> LuaValue.valueOf(packet.trafficClass());
      case FLOW_LABEL -> LuaValue.valueOf(packet.flowLabel());
      case LENGTH -> LuaValue.valueOf(packet.claimedPayloadLength());
      case HOP_LIMIT, TTL -> LuaValue.valueOf(packet.ttl());
      case PROTOCOL -> LuaValue.valueOf(packet.protocol());
      case NEXT_HEADER -> LuaValue.valueOf(packet.nextHeader());
      case HEADER_LENGTH -> LuaValue.valueOf(FIXED_HEADER_BYTES + packet.extensionHeadersLength());
      case FRAGMENT_OFFSET -> LuaValue.valueOf(packet.fragmentOffset());
      case IDENTIFICATION -> Arg.unsigned32(packet.identification());
      default -> NIL;
    };
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    Ipv6Packet packet = packet();
    switch (attribute) {
      case SOURCE -> packet.setSource(assigned(value));
      case DESTINATION -> packet.setDestination(assigned(value));
      case DONT_REASSEMBLE -> packet.setDontReassemble(value.toboolean());
      case VERSION -> packet.setVersion(Arg.unsignedInt(value));
      case TRAFFIC_CLASS -> packet.setTrafficClass(Arg.unsignedInt(value));
      case FLOW_LABEL -> packet.setFlowLabel(Arg.unsignedInt(value));
      case LENGTH -> packet.setClaimedPayloadLength(Arg.unsignedInt(value));
      case HOP_LIMIT, TTL -> packet.setTtl(Arg.unsignedInt(value));
      case PROTOCOL -> packet.setProtocol(Arg.unsignedInt(value));
      default -> {}
    }
  }
}
