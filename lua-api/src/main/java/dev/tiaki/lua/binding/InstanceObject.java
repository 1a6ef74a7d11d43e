package dev.tiaki.lua.binding;

import java.util.List;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * An object of the engine that Lua sees as an instance of a class: a table with attributes and
 * methods of its own. What a rule assigns to any other name stays in the table.
 */
abstract class InstanceObject extends LuaTable implements Members {
  final Bindings bindings;
  private final InstanceClass type;

  InstanceObject(Bindings bindings, InstanceClass type) {
    this.bindings = bindings;
    this.type = type;
  }

  /** Returns the attribute with this index. */
  abstract LuaValue read(int attribute);

  /** Sets the attribute with this index; one that can only be read is left as it is. */
  void write(int attribute, LuaValue value) {}

  /** Returns what reading a name gives that is neither attribute nor method. */
  LuaValue readUnknown(LuaValue key) {
    return NIL;
  }

  @Override
  public List<String> memberNames() {
    return type.memberNames();
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue own = rawget(key);
    if (!own.isnil()) {
      return own;
    }
    int attribute = type.attributes().indexOf(key);
    if (attribute >= 0) {
      return read(attribute);
    }
    LuaValue method = type.methodCalled(key);
    return method.isnil() ? readUnknown(key) : method;
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    int attribute = type.attributes().indexOf(key);
    if (attribute >= 0) {
      if (type.allowsEdits()) {
        write(attribute, value);
      }
    } else {
      rawset(key, value);
    }
  }

  @Override
  public LuaValue getmetatable() {
    return type.luaClass(bindings);
  }
}
