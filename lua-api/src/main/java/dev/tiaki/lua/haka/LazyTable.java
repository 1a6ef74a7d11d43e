package dev.tiaki.lua.haka;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** A table that is filled when a name is read that is not there yet, once for each name. */
final class LazyTable extends LuaTable {
  private final Consumer<LuaValue> loader;
  private final Set<LuaValue> asked = new HashSet<>();

  /** Makes a table; {@code loader} is told the name and may put something under it. */
  LazyTable(Consumer<LuaValue> loader) {
    this.loader = loader;
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue value = super.get(key);
    if (value.isnil() && key.isstring() && asked.add(key)) {
      loader.accept(key);
      value = super.get(key);
    }
    return value;
  }
}
