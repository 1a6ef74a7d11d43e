package dev.tiaki.lua.binding;

import dev.tiaki.dissector.ipv4.Ipv4Packet;
import org.luaj.vm2.LuaValue;

/** The three flags of an IPv4 packet. */
final class Ipv4FlagsValue extends NativeObject {
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("rb", "df", "mf", "all");
  private static final int RESERVED = 0;
  private static final int DONT_FRAGMENT = 1;
  private static final int MORE_FRAGMENTS = 2;

  private final Ipv4Value owner;

  Ipv4FlagsValue(Ipv4Value owner, NativeClass nativeClass) {
    super(owner.ip(), nativeClass);
    this.owner = owner;
  }

  static NativeClass describe() {
    return new NativeClass("ipv4_flags", ATTRIBUTES);
  }

  @Override
  protected LuaValue read(int attribute) {
    Ipv4Packet packet = owner.packet();
    return switch (attribute) {
      case RESERVED -> LuaValue.valueOf(packet.reservedFlag());
      case DONT_FRAGMENT -> LuaValue.valueOf(packet.dontFragment());
      case MORE_FRAGMENTS -> LuaValue.valueOf(packet.moreFragments());
      default -> LuaValue.valueOf(packet.flags());
    };
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    Ipv4Packet packet = owner.packet();
    switch (attribute) {
      case RESERVED -> packet.setReservedFlag(value.toboolean());
      case DONT_FRAGMENT -> packet.setDontFragment(value.toboolean());
      case MORE_FRAGMENTS -> packet.setMoreFragments(value.toboolean());
      default -> packet.setFlags(Arg.unsignedInt(value));
    }
  }
}
