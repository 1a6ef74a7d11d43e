package dev.tiaki.lua.binding;

import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.ip.TransportPacket;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaValue;

/** A packet of a protocol on IP that Lua sees as an instance of a class: UDP and ICMP. */
abstract class LayerObject extends InstanceObject implements Layer {
  private final String name;
  private final TransportPacket packet;
  private LuaValue selected = NIL;

  LayerObject(Bindings bindings, InstanceClass type, TransportPacket packet) {
    super(bindings, type);
    this.name = type.name();
    this.packet = packet;
  }

  /** Adds the methods that all of them have. */
  static InstanceClass common(InstanceClass type) {
    Layer.addMethods(type::method);
    return type.verdict("send", "send the packet", LayerObject.class, self -> self.valid().send())
        .verdict(
            "drop",
            "drop the packet",
            LayerObject.class,
            self -> self.valid().ip().drop(DropReason.RULE))
        .verdict(
            "error", "drop the packet", LayerObject.class, self -> self.ip().drop(DropReason.RULE))
        .verdict("inject", "inject a packet", LayerObject.class, LayerObject::requireAndInject)
        .method(
            "verify_checksum",
            all -> {
              LayerObject self = Arg.of(all, 1, LayerObject.class, type.name(), "verify_checksum");
              return LuaValue.valueOf(self.valid().verifyChecksum());
            })
        .verdict(
            "compute_checksum",
            "edit the packet",
            LayerObject.class,
            self -> self.writable().computeChecksum());
  }

  private void requireAndInject() {
    bindings.requireSending();
    valid().inject();
  }

  /** Returns the IP packet below. */
  private IpPacket ip() {
    return packet.ip();
  }

  final boolean isOf(TransportPacket other) {
    return packet == other;
  }

  /** Returns the packet, which must not have left. */
  private TransportPacket valid() {
    requireValid();
    return packet;
  }

  /** Returns the packet, which must not have left and may be written. */
  private TransportPacket writable() {
    requireWritable();
    return packet;
  }

  final void requireValid() {
    if (!canContinue()) {
      throw Raised.plain("invalid " + name + " packet");
    }
  }

  final void requireWritable() {
    requireValid();
    bindings.requireWritable(ip().packet());
  }

  @Override
  public boolean canContinue() {
    return ip().isValid();
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
    return name;
  }

  @Override
  public Layer lowerLayer() {
    return bindings.packets().ip(ip());
  }

  @Override
  public LuaValue handle() {
    return this;
  }

  @Override
  LuaValue readUnknown(LuaValue key) {
    requireValid();
    return Layer.delegate(bindings, this, key);
  }
}
