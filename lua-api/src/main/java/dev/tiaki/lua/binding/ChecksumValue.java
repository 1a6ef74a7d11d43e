package dev.tiaki.lua.binding;

import dev.tiaki.engine.checksum.InternetChecksum;
import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** An Internet checksum that is fed piece by piece. */
public final class ChecksumValue extends NativeObject {
  private final InternetChecksum checksum;

  ChecksumValue(NativeClass nativeClass, InternetChecksum checksum) {
    super(checksum, nativeClass);
    this.checksum = checksum;
  }

  static NativeClass describe() {
    return new NativeClass("inet_checksum", AttributeNames.NONE)
        .method("process", ChecksumValue::process)
        .method("reduce", ChecksumValue::reduce);
  }

  private static Varargs process(Varargs all) {
    ChecksumValue self = Arg.of(all, 1, ChecksumValue.class, "inet_checksum", "process");
    self.checksum.add(bytes(all.arg(2)));
    return LuaValue.NONE;
  }

  private static Varargs reduce(Varargs all) {
    ChecksumValue self = Arg.of(all, 1, ChecksumValue.class, "inet_checksum", "reduce");
    return LuaValue.valueOf(self.checksum.value());
  }

  /** Returns the checksum of the bytes of a buffer or a range. */
  static int compute(LuaValue data) {
    byte[] bytes = bytes(data);
    return InternetChecksum.of(bytes, 0, bytes.length);
  }

  private static byte[] bytes(LuaValue data) {
    return switch (data) {
      case BufferValue buffer -> buffer.virtualBuffer().toByteArray();
      case SubValue sub -> sub.sub().toByteArray();
      default -> throw Raised.plain("expected 'vbuffer_sub' got '" + data.typename() + "'");
    };
  }

  @Override
  protected LuaValue read(int attribute) {
    return NIL;
  }
}
