package dev.tiaki.lua.binding;

import dev.tiaki.dissector.ipv4.Ipv4Packet;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** An IPv4 packet. */
public final class Ipv4Value extends IpValue {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of(
          "version",
          "hdr_len",
          "tos",
          "len",
          "id",
          "frag_offset",
          "ttl",
          "proto",
          "checksum",
          "src",
          "dst",
          "flags",
          "payload",
          "name",
          "dont_reassemble",
          "raw");
  private static final int VERSION = 0;
  private static final int HEADER_LENGTH = 1;
  private static final int TYPE_OF_SERVICE = 2;
  private static final int LENGTH = 3;
  private static final int IDENTIFICATION = 4;
  private static final int FRAGMENT_OFFSET = 5;
  private static final int TTL = 6;
  private static final int PROTOCOL = 7;
  private static final int CHECKSUM = 8;
  private static final int SOURCE = 9;
  private static final int DESTINATION = 10;
  private static final int FLAGS = 11;
  private static final int PAYLOAD = 12;
  private static final int NAME = 13;
  private static final int DONT_REASSEMBLE = 14;
  private static final String TYPE = "ipv4";

  Ipv4Value(Bindings bindings, Ipv4Packet packet) {
    super(bindings, bindings.ipv4Packets, packet);
  }

  static NativeClass describe() {
    return common(new NativeClass(TYPE, ATTRIBUTES))
        .method("verify_checksum", Ipv4Value::verifyChecksum)
        .method("reassemble", Ipv4Value::reassemble)
        .verdict(
            "compute_checksum",
            "edit the packet",
            Ipv4Value.class,
            self -> self.packet().computeChecksum());
  }

  private static Varargs verifyChecksum(Varargs all) {
    Ipv4Value self = Arg.of(all, 1, Ipv4Value.class, TYPE, "verify_checksum");
    return LuaValue.valueOf(self.packet().verifyChecksum());
  }

  /** Fragments are put together behind the rules, unless a rule said not to. */
  private static Varargs reassemble(Varargs all) {
    Ipv4Value self = Arg.of(all, 1, Ipv4Value.class, TYPE, "reassemble");
    Ipv4Packet packet = self.packet();
    packet.setDontReassemble(false);
    return packet.isFragment() && !packet.isReassembled() ? LuaValue.NIL : self;
  }

  /** Returns the packet, which must not have left. */
  public Ipv4Packet packet() {
    return (Ipv4Packet) valid();
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
    Ipv4Packet packet = packet();
    return switch (attribute) {
      case SOURCE -> bindings.address(packet.source());
      case DESTINATION -> bindings.address(packet.destination());
      case FLAGS -> new Ipv4FlagsValue(this, bindings.ipv4Flags);
      case PAYLOAD -> bindings.buffer(packet.payload());
      case DONT_REASSEMBLE -> LuaValue.valueOf(packet.dontReassemble());
      default -> attribute > DONT_REASSEMBLE ? lowerLayer().handle() : number(packet, attribute);
    };
  }

  private static LuaValue number(Ipv4Packet packet, int attribute) {
    return LuaValue.valueOf(
        switch (attribute) {
          case VERSION -> packet.version();
          case HEADER_LENGTH -> packet.headerLength();
          case TYPE_OF_SERVICE -> packet.typeOfService();
          case LENGTH -> packet.totalLength();
          case IDENTIFICATION -> packet.identification();
          case FRAGMENT_OFFSET -> packet.fragmentOffset();
          case TTL -> packet.ttl();
          case PROTOCOL -> packet.protocol();
          default -> packet.checksum();
        });
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    Ipv4Packet packet = packet();
    switch (attribute) {
      case SOURCE -> packet.setSource(assigned(value));
      case DESTINATION -> packet.setDestination(assigned(value));
      case DONT_REASSEMBLE -> packet.setDontReassemble(value.toboolean());
      default -> {
        if (attribute <= CHECKSUM) {
          setNumber(packet, attribute, value);
        }
      }
    }
  }

  private static void setNumber(Ipv4Packet packet, int attribute, LuaValue value) {
    if (attribute == CHECKSUM) {
      // a computed checksum may be given as a signed 16-bit number
      packet.setChecksum((int) (long) Arg.number(value));
      return;
    }
    int number = Arg.unsignedInt(value);
    switch (attribute) {
      case VERSION -> packet.setVersion(number);
      case HEADER_LENGTH -> packet.setHeaderLength(number);
      case TYPE_OF_SERVICE -> packet.setTypeOfService(number);
      case LENGTH -> packet.setTotalLength(number);
      case IDENTIFICATION -> packet.setIdentification(number);
      case FRAGMENT_OFFSET -> packet.setFragmentOffset(number);
      case TTL -> packet.setTtl(number);
      default -> packet.setProtocol(number);
    }
  }
}
