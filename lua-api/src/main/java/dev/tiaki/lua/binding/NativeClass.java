package dev.tiaki.lua.binding;

import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * One Lua-visible type in one Lua state: the metatable that all its objects share.
 *
 * <p>As Haka's, it is a table with the parts {@code .fn} (methods), {@code .get}, {@code .set} and
 * {@code .type}; a function that a rule file adds to {@code .fn} becomes a method of every object.
 */
public final class NativeClass extends LuaTable {
  private static final Builtin.Body NOTHING = arguments -> LuaValue.NONE;

  private final String name;
  private final AttributeNames attributes;
  private final LuaTable methods = new LuaTable();
  private ActionGate gate = action -> true;

  NativeClass(String name, AttributeNames attributes) {
    this.name = name;
    this.attributes = attributes;
    rawset(".type", LuaString.valueOf(name));
    rawset(".fn", methods);
    rawset(".get", getters());
    rawset(".set", new LuaTable());
    rawset("__index", Builtin.of("__index", all -> all.arg1().get(all.arg(2))));
    rawset("__newindex", Builtin.of("__newindex", NativeClass::assign));
  }

  private static Varargs assign(Varargs all) {
    all.arg1().set(all.arg(2), all.arg(3));
    return LuaValue.NONE;
  }

  /** Adds to what {@code debug.pprint} shows of the objects. */
  NativeClass shows(String attribute) {
    LuaString key = LuaString.valueOf(attribute);
    LuaTable getters = rawget(".get").checktable();
    getters.rawset(key, Builtin.of(attribute, all -> all.arg1().get(key)));
    return this;
  }

  /** Keeps an attribute, the older name of another one, out of what is shown. */
  NativeClass hides(String attribute) {
    rawget(".get").checktable().rawset(attribute, NIL);
    return this;
  }

  private LuaTable getters() {
    LuaTable getters = new LuaTable();
    for (int i = 0; i < attributes.size(); i++) {
      LuaString key = LuaString.valueOf(attributes.name(i));
      getters.rawset(key, Builtin.of(attributes.name(i), all -> all.arg1().get(key)));
    }
    return getters;
  }

  /** Returns the name of the type as Haka calls it, such as {@code ipv4}. */
  public String name() {
    return name;
  }

  AttributeNames attributes() {
    return attributes;
  }

  /** Adds a method; its first argument is the object. */
  NativeClass method(String methodName, Builtin.Body body) {
    Builtin.add(methods, methodName, body);
    return this;
  }

  /** Adds a method that takes an object of {@code self} and returns nothing. */
  <T extends LuaValue> NativeClass action(String methodName, Class<T> self, Action<T> body) {
    return method(
        methodName,
        all -> {
          body.run(self(all, self, methodName));
          return LuaValue.NONE;
        });
  }

  /**
   * Adds a method that does something to the traffic, when {@link #guardedBy} lets it.
   *
   * @param words what it does, to follow the word "would"
   */
  <T extends LuaValue> NativeClass verdict(
      String methodName, String words, Class<T> self, Action<T> body) {
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

  /** Adds a method that is there and does nothing. */
  NativeClass nothing(String methodName) {
    return method(methodName, NOTHING);
  }

  /** Has {@code tostring} give what the object's {@code tojstring} returns. */
  NativeClass printable() {
    Builtin.add(this, "__tostring", all -> ByteText.bytesOf(all.arg1().tojstring()));
    return this;
  }

  /** Returns the names of attributes and methods. */
  List<String> memberNames() {
    return AttributeNames.with(attributes, methods);
  }

  /** Returns the method called {@code key}, or nil. */
  LuaValue methodCalled(LuaValue key) {
    return methods.rawget(key);
  }

  /** Returns the first argument, which must be of the class {@code type}. */
  <T extends LuaValue> T self(Varargs all, Class<T> type, String function) {
    return Arg.of(all, 1, type, name, function);
  }

  /** What a method does that returns nothing. */
  @FunctionalInterface
  interface Action<T> {
    /** Runs the method on {@code self}. */
    void run(T self);
  }
}
