package dev.tiaki.lua.grammar;

import org.luaj.vm2.LuaValue;

/** A field that functions of the rule file read and write. */
final class FunctionField extends Field {
  private final LuaValue reader;
  private final LuaValue writer;

  FunctionField(LuaValue reader, LuaValue writer) {
    this.reader = reader;
    this.writer = writer;
  }

  @Override
  LuaValue get(Validations validations, LuaValue self) {
    return reader.isnil() ? LuaValue.NIL : reader.call(self);
  }

  @Override
  void set(Validations validations, LuaValue self, LuaValue value) {
    if (!writer.isnil()) {
      writer.call(self, value);
    }
  }
}
