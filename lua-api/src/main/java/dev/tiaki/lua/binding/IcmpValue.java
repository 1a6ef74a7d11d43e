package dev.tiaki.lua.binding;

import dev.tiaki.dissector.icmp.IcmpPacket;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** An ICMP packet. */
public final class IcmpValue extends NativeObject implements Layer {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of("type", "code", "checksum", "payload", "name", "ip");
  private static final int MESSAGE_TYPE = 0;
  private static final int CODE = 1;
  private static final int CHECKSUM = 2;
  private static final int PAYLOAD = 3;
  private static final int NAME = 4;
  private static final String TYPE = "icmp";

  private final Bindings bindings;
  private final IcmpPacket icmp;

  IcmpValue(Bindings bindings, IcmpPacket icmp) {
    super(icmp, bindings.icmpPackets);
    this.bindings = bindings;
    this.icmp = icmp;
  }

  static NativeClass describe() {
    return Layer.methods(new NativeClass(TYPE, ATTRIBUTES))
        .method("verify_checksum", IcmpValue::verifyChecksum)
        .action("compute_checksum", IcmpValue.class, self -> self.writable().computeChecksum())
        .action("send", IcmpValue.class, self -> self.packet().send())
        .action("drop", IcmpValue.class, self -> self.packet().drop(DropReason.RULE))
        .action("error", IcmpValue.class, self -> self.icmp.drop(DropReason.RULE))
        .action("inject", IcmpValue.class, IcmpValue::inject);
  }

  private static Varargs verifyChecksum(Varargs all) {
    IcmpValue self = Arg.of(all, 1, IcmpValue.class, TYPE, "verify_checksum");
    return LuaValue.valueOf(self.packet().verifyChecksum());
  }

  private void inject() {
    bindings.requireSending();
    packet().inject();
  }

  private IcmpPacket packet() {
    if (!canContinue()) {
      throw Raised.plain("invalid icmp packet");
    }
    return icmp;
  }

  private IcmpPacket writable() {
    bindings.requireWritable(icmp.packet());
    return packet();
  }

  boolean isOf(IcmpPacket other) {
    return icmp == other;
  }

  @Override
  public boolean canContinue() {
    return icmp.ip().isValid();
  }

  @Override
  public String layerName() {
    return TYPE;
  }

  @Override
  public Layer lowerLayer() {
    return bindings.packets().ip(icmp.ip());
  }

  @Override
  public LuaValue handle() {
    return this;
  }

  @Override
  protected LuaValue read(int attribute) {
    return switch (attribute) {
      case MESSAGE_TYPE -> LuaValue.valueOf(packet().type());
      case CODE -> LuaValue.valueOf(packet().code());
      case CHECKSUM -> LuaValue.valueOf(packet().checksum());
      case PAYLOAD -> bindings.sub(packet().payload());
      case NAME -> LuaValue.valueOf(TYPE);
      default -> lowerLayer().handle();
    };
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    switch (attribute) {
      case MESSAGE_TYPE -> writable().setType(Arg.unsignedInt(value));
      case CODE -> writable().setCode(Arg.unsignedInt(value));
      case CHECKSUM -> writable().setChecksum((int) (long) Arg.number(value));
      default -> {}
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
