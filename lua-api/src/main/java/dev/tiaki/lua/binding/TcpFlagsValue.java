package dev.tiaki.lua.binding;

import dev.tiaki.dissector.tcp.TcpPacket;
import org.luaj.vm2.LuaValue;

/** The eight flags of a TCP packet; the index of each is its bit. */
final class TcpFlagsValue extends NativeObject {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of("fin", "syn", "rst", "psh", "ack", "urg", "ecn", "cwr", "all");
  private static final int ALL = 8;

  private final TcpValue owner;

  TcpFlagsValue(TcpValue owner, TcpPacket packet, NativeClass nativeClass) {
    super(packet, nativeClass);
    this.owner = owner;
  }

  static NativeClass describe() {
    return new NativeClass("tcp_flags", ATTRIBUTES);
  }

  @Override
  protected LuaValue read(int attribute) {
    TcpPacket packet = owner.packet();
    return attribute == ALL
        ? LuaValue.valueOf(packet.flags())
        : LuaValue.valueOf(packet.has(1 << attribute));
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    TcpPacket packet = owner.writable();
    if (attribute == ALL) {
      packet.setFlags(Arg.unsignedInt(value));
    } else {
      packet.setFlag(1 << attribute, value.toboolean());
    }
  }
}
