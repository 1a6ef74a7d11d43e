package dev.tiaki.lua.grammar;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/** How the values of one field are converted, kept and computed, whatever they are stored in. */
record Property(
    @Nullable LuaValue reader,
    @Nullable LuaValue writer,
    boolean memoize,
    @Nullable LuaValue validate) {
  static final Property PLAIN = new Property(null, null, false, null);

  static Property of(Traits traits) {
    LuaValue converter = traits.converter();
    if (converter == null && !traits.memoize() && traits.validate() == null) {
      return PLAIN;
    }
    return new Property(
        converter == null ? null : converter.get("get"),
        converter == null ? null : converter.get("set"),
        traits.memoize(),
        traits.validate());
  }

  /** Returns what rules see of a value as it is stored. */
  LuaValue shown(LuaValue raw) {
    LuaValue function = reader;
    return function == null ? raw : function.call(raw);
  }

  /** Returns how a value that a rule gave is stored. */
  LuaValue stored(LuaValue value) {
    LuaValue function = writer;
    return function == null ? value : function.call(value);
  }
}
