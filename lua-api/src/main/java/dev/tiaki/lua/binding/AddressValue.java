package dev.tiaki.lua.binding;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaValue;

/** An address of either family; two are equal when they are the same address. */
public final class AddressValue extends NativeObject {
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("packed", "family");
  private static final int PACKED = 0;

  AddressValue(NativeClass nativeClass, IpAddress address) {
    super(address, nativeClass);
  }

  static NativeClass describe() {
    return new NativeClass("addr", ATTRIBUTES).printable();
  }

  /** Returns the address. */
  public IpAddress address() {
    return (IpAddress) m_instance;
  }

  @Override
  protected LuaValue read(int attribute) {
    IpAddress address = address();
    if (attribute == PACKED) {
      return address.isIpv6() ? NIL : LuaValue.valueOf(address.ipv4Bits());
    }
    return LuaValue.valueOf(address.isIpv6() ? 6 : 4);
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    if (attribute == PACKED) {
      m_instance = IpAddress.ipv4((int) (long) Arg.number(value));
    }
  }

  @Override
  public LuaValue lt(LuaValue other) {
    return LuaValue.valueOf(lt_b(other));
  }

  @Override
  public boolean lt_b(LuaValue other) {
    return compareTo(other) < 0;
  }

  @Override
  public LuaValue lteq(LuaValue other) {
    return LuaValue.valueOf(lteq_b(other));
  }

  @Override
  public boolean lteq_b(LuaValue other) {
    return compareTo(other) <= 0;
  }

  @Override
  public LuaValue gt(LuaValue other) {
    return LuaValue.valueOf(gt_b(other));
  }

  @Override
  public boolean gt_b(LuaValue other) {
    return compareTo(other) > 0;
  }

  @Override
  public LuaValue gteq(LuaValue other) {
    return LuaValue.valueOf(gteq_b(other));
  }

  @Override
  public boolean gteq_b(LuaValue other) {
    return compareTo(other) >= 0;
  }

  private int compareTo(LuaValue other) {
    if (other instanceof AddressValue value) {
      return address().compareTo(value.address());
    }
    throw Raised.at("attempt to compare addr with " + other.typename());
  }

  @Override
  public String tojstring() {
    return m_instance.toString();
  }
}
