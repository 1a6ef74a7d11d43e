package dev.tiaki.lua.binding;

import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Origin;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.lua.fault.Raised;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The root packet: the frame without its link header. */
public final class PacketValue extends NativeObject implements Layer {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of("payload", "timestamp", "id", "data", "name");
  private static final int PAYLOAD = 0;
  private static final int TIMESTAMP = 1;
  private static final int ID = 2;
  private static final int DATA = 3;
  private static final String NAME = "packet";

  private final Bindings bindings;
  private final Packet packet;
  private final long generation;
  private @Nullable VirtualBuffer payload;
  private LuaValue selected = NIL;

  PacketValue(Bindings bindings, Packet packet) {
    super(packet, bindings.rawPackets);
    this.bindings = bindings;
    this.packet = packet;
    this.generation = packet.generation();
  }

  static NativeClass describe() {
    return Layer.methods(new NativeClass(NAME, ATTRIBUTES))
        .verdict("send", "send the packet", PacketValue.class, PacketValue::send)
        .verdict("drop", "drop the packet", PacketValue.class, PacketValue::drop)
        .verdict("error", "drop the packet", PacketValue.class, PacketValue::drop)
        .verdict("inject", "inject a packet", PacketValue.class, PacketValue::inject)
        .verdict("receive", "receive a packet", PacketValue.class, PacketValue::receive)
        .method("state", all -> LuaValue.valueOf(self(all).state()))
        .method("issent", all -> LuaValue.valueOf(self(all).canContinue()));
  }

  private static PacketValue self(Varargs all) {
    return Arg.of(all, 1, PacketValue.class, NAME, "state");
  }

  /** Tells whether the handle is still about the packet it was made for. */
  boolean isOf(Packet other) {
    return packet == other && generation == other.generation();
  }

  private Packet valid() {
    if (generation != packet.generation()) {
      throw Raised.plain("invalid packet");
    }
    return packet;
  }

  /** Returns the packet after its edits were brought into the frame. */
  public Packet committed() {
    Packet valid = valid();
    commit();
    return valid;
  }

  @Override
  public boolean canContinue() {
    return generation == packet.generation() && packet.isPending();
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
    return NAME;
  }

  @Override
  public @Nullable Layer lowerLayer() {
    return null;
  }

  @Override
  public LuaValue handle() {
    return this;
  }

  private void send() {
    bindings.dissectors().packet().send(undecided());
  }

  private Packet undecided() {
    Packet valid = committed();
    if (!valid.isPending()) {
      throw Raised.plain("operation not supported");
    }
    return valid;
  }

  private void drop() {
    valid().drop(DropReason.RULE);
  }

  private void inject() {
    if (bindings.context().mode().readOnlyBuffers()) {
      throw Raised.plain("sending is not supported in pass-through");
    }
    bindings.context().packets().inject(undecided());
  }

  private void receive() {
    bindings.dissectors().packet().receive(undecided());
  }

  private String state() {
    if (!canContinue()) {
      return "sent";
    }
    return packet.origin() == Origin.FORGED ? "forged" : "normal";
  }

  private VirtualBuffer payload() {
    VirtualBuffer known = payload;
    if (known == null) {
      Packet valid = valid();
      int start = valid.networkOffset();
      known = VirtualBuffer.over(valid.memory(), start, valid.length() - start);
      if (bindings.isReadOnly(valid)) {
        known.setReadOnly();
      }
      payload = known;
    }
    return known;
  }

  /** Brings edits of the payload into the frame; the buffer is invalid afterwards. */
  public void commit() {
    VirtualBuffer buffer = payload;
    if (buffer == null) {
      return;
    }
    payload = null;
    int start = packet.networkOffset();
    if (canContinue() && buffer.isModified()) {
      if (buffer.isOver(packet.memory(), start, packet.length() - start)) {
        packet.markModified();
      } else {
        byte[] frame = new byte[start + buffer.size()];
        System.arraycopy(packet.array(), 0, frame, 0, start);
        buffer.copyTo(frame, start);
        packet.setFrame(frame, frame.length);
      }
    }
    buffer.invalidate();
  }

  private LuaValue data() {
    Packet valid = valid();
    if (valid.scriptData() instanceof LuaTable known) {
      return known;
    }
    LuaTable made = new LuaTable();
    valid.setScriptData(made);
    return made;
  }

  @Override
  protected LuaValue read(int attribute) {
    return switch (attribute) {
      case PAYLOAD -> bindings.buffer(payload());
      case TIMESTAMP -> bindings.time(valid().timestampNanos());
      case ID -> Arg.count(valid().number());
      case DATA -> data();
      default -> nativeClass().get(".type");
    };
  }

  @Override
  protected LuaValue readUnknown(LuaValue key) {
    return Layer.delegate(bindings, this, key);
  }
}
