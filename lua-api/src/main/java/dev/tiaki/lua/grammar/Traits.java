package dev.tiaki.lua.grammar;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * What an entity may have whatever its kind.
 *
 * @param name the field it becomes, or null
 * @param converter a table with {@code get} and {@code set}, or null
 * @param memoize whether a converted value is kept until the field is written
 * @param validate computes the field when it was set to nil, or null
 * @param applies called with the value, one after the other
 * @param resultClass the class of its result, or null
 */
record Traits(
    @Nullable LuaString name,
    @Nullable LuaValue converter,
    boolean memoize,
    @Nullable LuaValue validate,
    List<LuaValue> applies,
    @Nullable LuaValue resultClass) {
  static final Traits NONE = new Traits(null, null, false, null, List.of(), null);

  Traits named(LuaString newName) {
    return new Traits(newName, converter, memoize, validate, applies, resultClass);
  }

  Traits converted(LuaValue newConverter, boolean kept) {
    return new Traits(name, newConverter, kept || memoize, validate, applies, resultClass);
  }

  Traits memoized() {
    return new Traits(name, converter, true, validate, applies, resultClass);
  }

  Traits validated(LuaValue by) {
    return new Traits(name, converter, memoize, by, applies, resultClass);
  }

  Traits applied(LuaValue function) {
    List<LuaValue> all = new ArrayList<>(applies);
    all.add(function);
    return new Traits(name, converter, memoize, validate, List.copyOf(all), resultClass);
  }

  Traits ofClass(LuaValue newClass) {
    return new Traits(name, converter, memoize, validate, applies, newClass);
  }

  /** Returns these with what the reference to a rule adds to it. */
  Traits under(Traits reference) {
    List<LuaValue> all = new ArrayList<>(applies);
    all.addAll(reference.applies);
    return new Traits(
        reference.name != null ? reference.name : name,
        reference.converter != null ? reference.converter : converter,
        memoize || reference.memoize,
        reference.validate != null ? reference.validate : validate,
        List.copyOf(all),
        resultClass);
  }
}
