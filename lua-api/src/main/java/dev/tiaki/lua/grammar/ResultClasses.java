package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.lua.binding.BufferValue;
import dev.tiaki.lua.binding.SubValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The classes of results: {@code Result} and {@code ArrayResult}, made by the module class. */
final class ResultClasses {
  private static final LuaString INIT = LuaString.valueOf("__init");
  private static final LuaString RANGE = LuaString.valueOf("_sub");

  private final LuaTable published = new LuaTable();
  private final LuaValue plain;
  private final LuaValue array;

  ResultClasses(LuaRuntime runtime) {
    LuaValue module = runtime.globals().get("require").call(LuaString.valueOf("class"));
    LuaValue make = module.get("class");
    plain = make.call(LuaString.valueOf("Result"));
    array = make.call(LuaString.valueOf("ArrayResult"), plain);
    LuaValue methods = array.get("method");
    methods.set("remove", Builtin.of("remove", ResultClasses::remove));
    methods.set("append", Builtin.of("append", ResultClasses::append));
    published.rawset("Result", plain);
    published.rawset("ArrayResult", array);
  }

  /** Returns the table of both classes. */
  LuaTable published() {
    return published;
  }

  LuaValue array() {
    return array;
  }

  /** Makes a result an instance of a class, null for the ordinary one. */
  void makeInstance(ResultTable result, @Nullable LuaValue resultClass) {
    if (resultClass == null) {
      result.setmetatable(plain);
      result.setOrdinary();
      return;
    }
    result.setmetatable(resultClass);
    if (resultClass == array) {
      result.setOrdinary();
    } else {
      LuaValue init = result.get(INIT);
      if (!init.isnil()) {
        init.call(result);
      }
    }
  }

  private static ResultTable self(Varargs all) {
    if (all.arg1() instanceof ResultTable result && result.elements() != null) {
      return result;
    }
    throw Raised.at("array result expected, got " + all.arg1().typename());
  }

  private static Varargs remove(Varargs all) {
    ResultTable self = self(all);
    int index = indexOf(self, all.arg(2));
    if (index > 0) {
      if (rangeOf(self.rawget(index)) instanceof SubValue bytes) {
        if (!self.allowsEdit(bytes.sub().buffer())) {
          return LuaValue.NONE;
        }
        bytes.sub().erase();
      }
      int length = self.rawlen();
      for (int i = index; i < length; i++) {
        self.rawset(i, self.rawget(i + 1));
      }
      self.rawset(length, LuaValue.NIL);
    }
    return LuaValue.NONE;
  }

  /** Returns the bytes of an element, which is a table of any kind when a rule file made it. */
  private static @Nullable LuaValue rangeOf(LuaValue element) {
    if (element instanceof ResultTable result) {
      LuaValue range = result.range();
      return range == null ? LuaValue.NIL : range;
    }
    return element.istable() ? element.checktable().rawget(RANGE) : LuaValue.NIL;
  }

  private static int indexOf(ResultTable self, LuaValue wanted) {
    int length = self.rawlen();
    if (wanted.isint()) {
      int index = wanted.toint();
      return index >= 1 && index <= length ? index : 0;
    }
    for (int i = 1; i <= length; i++) {
      if (self.rawget(i).raweq(wanted)) {
        return i;
      }
    }
    return 0;
  }

  private static Varargs append(Varargs all) {
    ResultTable self = self(all);
    ElementSource source = self.elements();
    LuaValue creation = source == null ? null : source.creation();
    if (source == null || creation == null) {
      throw Raised.at("missing create function in array options");
    }
    Varargs made = creation.invoke(source.entity(), all.arg(2));
    if (!(made.arg1() instanceof BufferValue bytes)) {
      throw Raised.plain("expected 'vbuffer' got '" + made.arg1().typename() + "'");
    }
    if (!self.allowsEdit(source.begin().buffer())) {
      return LuaValue.NONE;
    }
    Element last = lastWithBytes(self);
    LuaValue inserted =
        last == null ? bytes.insertAt(source.begin().copy()) : insertBehind(last, bytes);
    if (made.arg(2) instanceof LuaTable element) {
      setRange(element, inserted);
      self.rawset(self.rawlen() + 1, element);
    }
    return LuaValue.NONE;
  }

  /** An element of an array and its bytes. */
  private record Element(LuaTable table, SubBuffer bytes) {}

  private static @Nullable Element lastWithBytes(ResultTable self) {
    for (int i = self.rawlen(); i > 0; i--) {
      if (self.rawget(i) instanceof LuaTable element
          && rangeOf(element) instanceof SubValue range
          && range.sub().size() > 0) {
        return new Element(element, range.sub());
      }
    }
    return null;
  }

  private static void setRange(LuaTable element, LuaValue range) {
    if (element instanceof ResultTable result) {
      result.setRange(range);
    } else {
      element.rawset(RANGE, range);
    }
  }

  /**
   * Puts bytes behind those of the last element that has any. They replace its last byte together
   * with it, so that what begins at its end, such as the field after the array, stays behind them.
   */
  private static LuaValue insertBehind(Element last, BufferValue bytes) {
    SubBuffer old = last.bytes();
    long size = old.size();
    long added = bytes.virtualBuffer().size();
    BufferIterator begin = old.position(0);
    SubBuffer end = old.sub(size - 1, 1);
    VirtualBuffer joined = VirtualBuffer.of(end.toByteArray());
    joined.append(bytes.virtualBuffer());
    end.replace(joined);
    setRange(last.table(), bytes.range(begin, size));
    return bytes.range(begin, added);
  }
}
