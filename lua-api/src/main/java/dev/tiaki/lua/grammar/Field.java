package dev.tiaki.lua.grammar;

import org.luaj.vm2.LuaValue;

/** One field of one result. */
abstract class Field {
  /** Returns the value; {@code self} is the object whose field it is by now. */
  abstract LuaValue get(Validations validations, LuaValue self);

  /** Sets the value; nil has one that can be computed computed later. */
  abstract void set(Validations validations, LuaValue self, LuaValue value);

  /** Tells whether the field can be computed. */
  boolean isComputable() {
    return false;
  }
}
