package dev.tiaki.lua.binding;

import dev.tiaki.engine.buffer.Selection;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A {@code vbuffer_sub}: a range of a buffer. */
public final class SubValue extends NativeObject {
  private static final LuaString BIG = LuaString.valueOf("big");
  private static final String NAME = "vbuffer_sub";

  private final Bindings bindings;
  private final SubBuffer sub;

  SubValue(Bindings bindings, SubBuffer sub) {
    super(sub, bindings.subs);
    this.bindings = bindings;
    this.sub = sub;
  }

  static NativeClass describe() {
    NativeClass made = new NativeClass(NAME, AttributeNames.NONE);
    return bytes(ranges(made));
  }

  private static NativeClass ranges(NativeClass made) {
    return made.method("size", all -> self(all, "size").len())
        .method("sub", SubValue::part)
        .method("pos", SubValue::pos)
        .method("check_size", SubValue::checkSize)
        .method("select", SubValue::select)
        .method("replace", SubValue::replace)
        .method("isflat", all -> LuaValue.valueOf(self(all, "isflat").sub.isFlat()))
        .action("flatten", SubValue.class, self -> self.sub.flatten())
        .action("zero", SubValue.class, self -> self.edit(() -> self.sub.zero()))
        .action("erase", SubValue.class, self -> self.edit(() -> self.sub.erase()));
  }

  private static NativeClass bytes(NativeClass made) {
    return made.method("asnumber", SubValue::asNumber)
        .method("setnumber", SubValue::setNumber)
        .method("asbits", SubValue::asBits)
        .method("setbits", SubValue::setBits)
        .method("asstring", SubValue::asString)
        .method("setfixedstring", SubValue::setFixedString)
        .method("setstring", SubValue::setString);
  }

  private static SubValue self(Varargs all, String function) {
    return Arg.of(all, 1, SubValue.class, NAME, function);
  }

  /** Returns the range. */
  public SubBuffer sub() {
    return sub;
  }

  private void edit(Runnable change) {
    if (bindings.allowsEdit(sub.buffer())) {
      change.run();
    }
  }

  private static Varargs part(Varargs all) {
    SubValue self = self(all, "sub");
    long offset = Arg.integer(all.arg(2), 0);
    return self.bindings.sub(self.sub.sub(offset, BufferValue.size(all.arg(3))));
  }

  private static Varargs pos(Varargs all) {
    SubValue self = self(all, "pos");
    return self.bindings.iterator(self.sub.position(BufferValue.offset(all.arg(2))));
  }

  private static Varargs checkSize(Varargs all) {
    SubValue self = self(all, "check_size");
    long wanted = (long) Arg.number(all.arg(2));
    long size = self.sub.size();
    return LuaValue.varargsOf(LuaValue.valueOf(size >= wanted), Arg.count(Math.min(size, wanted)));
  }

  /** A rule that only alerts gets a copy of the bytes, and a place where they still are. */
  private static Varargs select(Varargs all) {
    SubValue self = self(all, "select");
    if (!self.bindings.allowsEdit(self.sub.buffer())) {
      VirtualBuffer copy = VirtualBuffer.of(self.sub.toByteArray()).asScratch();
      return LuaValue.varargsOf(
          self.bindings.unselected(self.sub.position(0)), self.bindings.buffer(copy));
    }
    self.bindings.keeps(self.sub.buffer());
    Selection selection = self.sub.select();
    return LuaValue.varargsOf(
        self.bindings.iterator(selection.reference()),
        self.bindings.buffer(selection.data().asScratch()));
  }

  private static Varargs replace(Varargs all) {
    BufferValue data = Arg.of(all, 2, BufferValue.class, "vbuffer", "replace");
    SubValue self = self(all, "replace");
    self.edit(() -> self.sub.replace(data.virtualBuffer()));
    return LuaValue.NONE;
  }

  private static boolean littleEndian(LuaValue endian) {
    return !endian.isnil() && !BIG.raweq(endian);
  }

  private static Varargs asNumber(Varargs all) {
    return Arg.count(self(all, "asnumber").sub.asNumber(littleEndian(all.arg(2))));
  }

  private static Varargs setNumber(Varargs all) {
    SubValue self = self(all, "setnumber");
    long number = (long) Arg.number(all.arg(2));
    self.edit(() -> self.sub.setNumber(number, littleEndian(all.arg(3))));
    return LuaValue.NONE;
  }

  private static Varargs asBits(Varargs all) {
    SubValue self = self(all, "asbits");
    int offset = (int) Arg.number(all.arg(2));
    int count = (int) Arg.number(all.arg(3));
    return Arg.count(self.sub.asBits(offset, count, littleEndian(all.arg(4))));
  }

  private static Varargs setBits(Varargs all) {
    SubValue self = self(all, "setbits");
    int offset = (int) Arg.number(all.arg(2));
    int count = (int) Arg.number(all.arg(3));
    long value = (long) Arg.number(all.arg(4));
    self.edit(() -> self.sub.setBits(offset, count, value, littleEndian(all.arg(5))));
    return LuaValue.NONE;
  }

  private static Varargs asString(Varargs all) {
    SubValue self = self(all, "asstring");
    long size = self.sub.size();
    if (!self.bindings.runtime().budget().allowsString(size)) {
      throw Raised.plain("string too long: " + size + " bytes");
    }
    return LuaString.valueUsing(self.sub.toByteArray());
  }

  private static byte[] text(LuaValue value) {
    if (!value.isstring()) {
      throw Raised.plain("expected 'string' got '" + value.typename() + "'");
    }
    return ByteText.copyOf(value.strvalue());
  }

  private static Varargs setFixedString(Varargs all) {
    SubValue self = self(all, "setfixedstring");
    byte[] bytes = text(all.arg(2));
    self.edit(() -> self.sub.setFixed(bytes));
    return LuaValue.NONE;
  }

  private static Varargs setString(Varargs all) {
    SubValue self = self(all, "setstring");
    byte[] bytes = text(all.arg(2));
    self.edit(() -> self.sub.setBytes(bytes));
    return LuaValue.NONE;
  }

  @Override
  public LuaValue get(LuaValue key) {
    if (key instanceof LuaInteger index) {
      return LuaValue.valueOf(sub.get(index.v - 1L));
    }
    return super.get(key);
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    if (key instanceof LuaInteger index) {
      int octet = (int) (long) Arg.number(value);
      edit(() -> sub.set(index.v - 1L, octet));
    } else {
      super.set(key, value);
    }
  }

  @Override
  public LuaValue len() {
    return Arg.count(sub.size());
  }

  @Override
  public int length() {
    return (int) sub.size();
  }

  @Override
  protected LuaValue read(int attribute) {
    return NIL;
  }
}
