package dev.tiaki.lua.binding;

import dev.tiaki.lua.lib.Builtin;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * One type of objects that Lua sees as instances of a class of its module {@code class}: tables, in
 * which rules keep what they like. The class itself is made when somebody asks for it.
 */
final class InstanceClass {
  private final String name;
  private final AttributeNames attributes;
  private final int shown;
  private final LuaTable methods = new LuaTable();
  private @Nullable LuaValue made;
  private ActionGate gate = action -> true;

  /** Makes a type of which {@code debug.pprint} shows all attributes. */
  InstanceClass(String name, AttributeNames attributes) {
    this(name, attributes, attributes.size());
  }

  /** Makes a type of which only the first {@code shown} attributes are shown. */
  InstanceClass(String name, AttributeNames attributes, int shown) {
    this.name = name;
    this.attributes = attributes;
    this.shown = shown;
  }

  String name() {
    return name;
  }

  AttributeNames attributes() {
    return attributes;
  }

  /** Adds a method; its first argument is the object. */
  InstanceClass method(String methodName, Builtin.Body body) {
    Builtin.add(methods, methodName, body);
    return this;
  }

  /** Adds a method that takes an object of {@code self} and returns nothing. */
  <T extends LuaValue> InstanceClass action(
      String methodName, Class<T> self, NativeClass.Action<T> body) {
    return method(
        methodName,
        all -> {
          body.run(Arg.of(all, 1, self, name, methodName));
          return LuaValue.NONE;
        });
  }

  /**
   * Adds a method that does something to the traffic, when {@link #guardedBy} lets it.
   *
   * @param words what it does, to follow the word "would"
   */
  <T extends LuaValue> InstanceClass verdict(
      String methodName, String words, Class<T> self, NativeClass.Action<T> body) {
    return action(
        methodName,
        self,
        target -> {
          if (gate.allows(words)) {
            body.run(target);
          }
        });
  }

  /** Sets who is asked before an object is written or decides. */
  void guardedBy(ActionGate guard) {
    gate = guard;
  }

  boolean allowsEdits() {
    return gate.allows("edit the packet");
  }

  /** Returns the names of attributes and methods. */
  List<String> memberNames() {
    return AttributeNames.with(attributes, methods);
  }

  /** Returns the method called {@code key}, or nil. */
  LuaValue methodCalled(LuaValue key) {
    return methods.rawget(key);
  }

  /** Returns the class as Lua has it. */
  LuaValue luaClass(Bindings bindings) {
    LuaValue known = made;
    if (known == null) {
      known = bindings.classes().get("class").call(LuaString.valueOf(name));
      publish(known);
      made = known;
    }
    return known;
  }

  private void publish(LuaValue luaClass) {
    LuaTable properties = luaClass.rawget("property").checktable();
    for (int i = 0; i < shown; i++) {
      LuaString key = LuaString.valueOf(attributes.name(i));
      LuaTable property = new LuaTable();
      Builtin.add(property, "get", all -> all.arg1().get(key));
      properties.rawset(key, property);
    }
    LuaTable own = luaClass.rawget("__methods").checktable();
    for (LuaValue key : methods.keys()) {
      own.rawset(key, methods.rawget(key));
    }
  }
}
