package dev.tiaki.lua.binding;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaValue;

/** What the packets of both IP families have in common as Lua sees them. */
abstract class IpValue extends NativeObject implements Layer {
  final Bindings bindings;
  private final IpPacket ip;
  private LuaValue selected = NIL;

  IpValue(Bindings bindings, NativeClass nativeClass, IpPacket ip) {
    super(ip, nativeClass);
    this.bindings = bindings;
    this.ip = ip;
  }

  /** Adds the methods that both families have. */
  static NativeClass common(NativeClass made) {
    return Layer.methods(made)
        .verdict("send", "send the packet", IpValue.class, self -> self.valid().send())
        .verdict(
            "drop", "drop the packet", IpValue.class, self -> self.valid().drop(DropReason.RULE))
        .verdict("error", "drop the packet", IpValue.class, self -> self.ip.drop(DropReason.RULE))
        .verdict("inject", "inject a packet", IpValue.class, IpValue::inject);
  }

  /** Returns the packet, whether it left or not. */
  IpPacket ip() {
    return ip;
  }

  /** Returns the packet, which must not have left. */
  IpPacket valid() {
    if (!ip.isValid()) {
      throw invalid();
    }
    return ip;
  }

  /** Returns the error that the packet has left. */
  Raised invalid() {
    return Raised.plain("invalid " + layerName() + " packet");
  }

  private void inject() {
    bindings.requireSending();
    valid().inject();
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
  public boolean canContinue() {
    return ip.isValid();
  }

  @Override
  public Layer lowerLayer() {
    IpPacket outer = ip.outer();
    return outer == null ? bindings.packets().packet(ip.packet()) : bindings.packets().ip(outer);
  }

  @Override
  public LuaValue handle() {
    return this;
  }

  /** Returns the address that is assigned. */
  static IpAddress assigned(LuaValue value) {
    if (value instanceof AddressValue address) {
      return address.address();
    }
    throw Raised.plain("expected 'addr' got '" + value.typename() + "'");
  }

  @Override
  protected LuaValue readUnknown(LuaValue key) {
    valid();
    return Layer.delegate(bindings, this, key);
  }

  @Override
  protected void writeUnknown(LuaValue key, LuaValue value) {}
}
