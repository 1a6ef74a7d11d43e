package dev.tiaki.lua.binding;

import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A TCP packet. */
public final class TcpValue extends NativeObject implements Layer {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of(
          "srcport",
          "dstport",
          "seq",
          "ack_seq",
          "res",
          "hdr_len",
          "window_size",
          "checksum",
          "urgent_pointer",
          "flags",
          "options",
          "payload",
          "name",
          "ip");
  private static final int SOURCE_PORT = 0;
  private static final int DESTINATION_PORT = 1;
  private static final int SEQUENCE = 2;
  private static final int ACKNOWLEDGMENT = 3;
  private static final int RESERVED = 4;
  private static final int HEADER_LENGTH = 5;
  private static final int WINDOW = 6;
  private static final int CHECKSUM = 7;
  private static final int URGENT_POINTER = 8;
  private static final int FLAGS = 9;
  private static final int OPTIONS = 10;
  private static final int PAYLOAD = 11;
  private static final int NAME = 12;
  private static final String TYPE = "tcp";

  private final Bindings bindings;
  private final TcpPacket tcp;
  private LuaValue selected = NIL;

  TcpValue(Bindings bindings, TcpPacket tcp) {
    super(tcp, bindings.tcpPackets);
    this.bindings = bindings;
    this.tcp = tcp;
  }

  static NativeClass describe() {
    return Layer.methods(new NativeClass(TYPE, ATTRIBUTES))
        .method("verify_checksum", TcpValue::verifyChecksum)
        .verdict(
            "compute_checksum",
            "edit the packet",
            TcpValue.class,
            self -> self.writable().computeChecksum())
        .verdict("send", "send the packet", TcpValue.class, self -> self.packet().send())
        .verdict(
            "drop", "drop the packet", TcpValue.class, self -> self.packet().drop(DropReason.RULE))
        .verdict("error", "drop the packet", TcpValue.class, self -> self.tcp.drop(DropReason.RULE))
        .verdict("inject", "inject a packet", TcpValue.class, TcpValue::inject);
  }

  private static Varargs verifyChecksum(Varargs all) {
    TcpValue self = Arg.of(all, 1, TcpValue.class, TYPE, "verify_checksum");
    return LuaValue.valueOf(self.packet().verifyChecksum());
  }

  private void inject() {
    bindings.requireSending();
    packet().inject();
  }

  boolean isOf(TcpPacket other) {
    return tcp == other;
  }

  /** Returns the packet, which must not have left. */
  public TcpPacket packet() {
    if (!tcp.isValid()) {
      throw Raised.plain("invalid tcp packet");
    }
    return tcp;
  }

  /** Returns the packet, which must not have left and may be written. */
  TcpPacket writable() {
    TcpPacket packet = packet();
    bindings.requireWritable(packet.packet());
    return packet;
  }

  @Override
  public boolean canContinue() {
    return tcp.isValid();
  }

  @Override
  public void select(LuaValue dissector) {
    selected = dissector;
  }

  @Override
  public LuaValue selected() {
    return selected;
  }

  @Override
  public String layerName() {
    return TYPE;
  }

  @Override
  public Layer lowerLayer() {
    return bindings.packets().ip(tcp.ip());
  }

  @Override
  public LuaValue handle() {
    return this;
  }

  @Override
  protected LuaValue read(int attribute) {
    if (attribute == NAME) {
      return LuaValue.valueOf(TYPE);
    }
    TcpPacket packet = packet();
    return switch (attribute) {
      case SOURCE_PORT -> LuaValue.valueOf(packet.sourcePort());
      case DESTINATION_PORT -> LuaValue.valueOf(packet.destinationPort());
      case SEQUENCE -> Arg.unsigned32(packet.sequence());
      case ACKNOWLEDGMENT -> Arg.unsigned32(packet.acknowledgment());
      case RESERVED -> LuaValue.valueOf(packet.reserved());
      case HEADER_LENGTH -> LuaValue.valueOf(packet.headerLength());
      case WINDOW -> LuaValue.valueOf(packet.window());
      case CHECKSUM -> LuaValue.valueOf(packet.checksum());
      case URGENT_POINTER -> LuaValue.valueOf(packet.urgentPointer());
      case FLAGS -> new TcpFlagsValue(this, tcp, bindings.tcpFlags);
      case OPTIONS -> new TcpOptionsValue(this, tcp, bindings.tcpOptions);
      case PAYLOAD -> bindings.buffer(packet.payload());
      default -> lowerLayer().handle();
    };
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    if (attribute > URGENT_POINTER) {
      return;
    }
    TcpPacket packet = writable();
    if (attribute == CHECKSUM) {
      // a computed checksum may be given as a signed 16-bit number
      packet.setChecksum((int) (long) Arg.number(value));
      return;
    }
    int number = Arg.unsignedInt(value);
    switch (attribute) {
      case SOURCE_PORT -> packet.setSourcePort(number);
      case DESTINATION_PORT -> packet.setDestinationPort(number);
      case SEQUENCE -> packet.setSequence(number);
      case ACKNOWLEDGMENT -> packet.setAcknowledgment(number);
      case RESERVED -> packet.setReserved(number);
      case HEADER_LENGTH -> packet.setHeaderLength(number);
      case WINDOW -> packet.setWindow(number);
      default -> packet.setUrgentPointer(number);
    }
  }

  @Override
  protected LuaValue readUnknown(LuaValue key) {
    packet();
    return Layer.delegate(bindings, this, key);
  }

  @Override
  protected void writeUnknown(LuaValue key, LuaValue value) {}
}
