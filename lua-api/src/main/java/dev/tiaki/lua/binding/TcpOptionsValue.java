package dev.tiaki.lua.binding;

import dev.tiaki.dissector.tcp.TcpOption;
import dev.tiaki.dissector.tcp.TcpOptions;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.lua.text.ByteText;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The options of a TCP packet; Haka does not show them. What is not there reads as nil. */
final class TcpOptionsValue extends NativeObject {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of(
          "mss", "window_scale", "sack_permitted", "sack", "timestamp_value", "timestamp_echo");
  private static final int MAXIMUM_SEGMENT_SIZE = 0;
  private static final int WINDOW_SCALE = 1;
  private static final int SACK_PERMITTED = 2;
  private static final int SACK = 3;
  private static final int TIMESTAMP_VALUE = 4;

  private final TcpValue owner;

  TcpOptionsValue(TcpValue owner, TcpPacket packet, NativeClass nativeClass) {
    super(packet, nativeClass);
    this.owner = owner;
  }

  static NativeClass describe() {
    return new NativeClass("tcp_options", ATTRIBUTES)
        .method("list", all -> list(self(all, "list").options()))
        .method("set", TcpOptionsValue::replace)
        .method("has", all -> LuaValue.valueOf(self(all, "has").options().has(all.arg(2).toint())))
        .method("blank", TcpOptionsValue::blank);
  }

  private static TcpOptionsValue self(Varargs all, String function) {
    return Arg.of(all, 1, TcpOptionsValue.class, "tcp_options", function);
  }

  private TcpOptions options() {
    return owner.packet().options();
  }

  private static LuaTable list(TcpOptions options) {
    LuaTable list = new LuaTable();
    for (TcpOption option : options.list()) {
      LuaTable entry = new LuaTable();
      entry.rawset("kind", option.kind());
      entry.rawset("data", LuaString.valueUsing(option.data()));
      list.rawset(list.length() + 1, entry);
    }
    return list;
  }

  private static Varargs replace(Varargs all) {
    LuaTable list = all.checktable(2);
    List<TcpOption> options = new ArrayList<>();
    for (int i = 1; i <= list.length(); i++) {
      LuaValue entry = list.get(i);
      byte[] data = ByteText.copyOf(entry.get("data").optstring(EMPTYSTRING));
      options.add(new TcpOption(entry.get("kind").checkint(), data));
    }
    TcpOptionsValue self = self(all, "set");
    if (self.nativeClass().allowsEdits()) {
      self.owner.writable().options().set(options);
    }
    return NONE;
  }

  private static Varargs blank(Varargs all) {
    TcpOptionsValue self = self(all, "blank");
    if (self.nativeClass().allowsEdits()) {
      self.owner.writable().options().blank(all.checkint(2));
    }
    return NONE;
  }

  private static LuaValue orNil(long number) {
    return number < 0 ? NIL : Arg.count(number);
  }

  private static LuaTable sack(TcpOptions options) {
    LuaTable blocks = new LuaTable();
    for (int i = 0; i < options.sackBlocks(); i++) {
      LuaTable block = new LuaTable();
      block.rawset(1, Arg.unsigned32(options.sackLeft(i)));
      block.rawset(2, Arg.unsigned32(options.sackRight(i)));
      blocks.rawset(i + 1, block);
    }
    return blocks;
  }

  @Override
  protected LuaValue read(int attribute) {
    TcpOptions options = options();
    return switch (attribute) {
      case MAXIMUM_SEGMENT_SIZE -> orNil(options.maximumSegmentSize());
      case WINDOW_SCALE -> orNil(options.windowScale());
      case SACK_PERMITTED -> LuaValue.valueOf(options.isSackPermitted());
      case SACK -> sack(options);
      case TIMESTAMP_VALUE -> orNil(options.timestampValue());
      default -> orNil(options.timestampEcho());
    };
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    TcpOptions options = owner.writable().options();
    switch (attribute) {
      case MAXIMUM_SEGMENT_SIZE -> options.setMaximumSegmentSize(Arg.unsignedInt(value));
      case WINDOW_SCALE -> options.setWindowScale(Arg.unsignedInt(value));
      case SACK_PERMITTED, SACK -> {}
      case TIMESTAMP_VALUE -> options.setTimestamps(Arg.unsigned(value), options.timestampEcho());
      default -> options.setTimestamps(options.timestampValue(), Arg.unsigned(value));
    }
  }
}
