package dev.tiaki.lua.binding;

import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * The attribute names of one Lua-visible type, each with its index: a small open hash table over
 * the hash that a Lua string carries with it, so that finding a name costs a few nanoseconds.
 */
public final class AttributeNames {
  /** No attributes at all. */
  static final AttributeNames NONE = of();

  private final LuaString[] slots;
  private final int[] indexes;
  private final String[] names;

  private AttributeNames(String[] names) {
    this.names = names;
    int capacity = Integer.highestOneBit(Math.max(1, names.length) * 4);
    slots = new LuaString[capacity];
    indexes = new int[capacity];
    for (int i = 0; i < names.length; i++) {
      put(LuaString.valueOf(names[i]), i);
    }
  }

  /** Makes the table; the index of a name is its place here, from 0. */
  public static AttributeNames of(String... names) {
    return new AttributeNames(names.clone());
  }

  private void put(LuaString name, int index) {
    int slot = slotOf(name);
    while (slots[slot] != null) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = name;
    indexes[slot] = index;
  }

  private int slotOf(LuaString name) {
    int hash = name.hashCode();
    return (hash ^ hash >>> 12) & (slots.length - 1);
  }

  /** Returns the index of the attribute {@code key}, or -1. */
  public int indexOf(LuaValue key) {
    if (!(key instanceof LuaString name)) {
      return -1;
    }
    int slot = slotOf(name);
    for (LuaString found = slots[slot]; found != null; found = slots[slot]) {
      if (found == name || found.raweq(name)) {
        return indexes[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  /** Returns the name of the attribute {@code index}. */
  public String name(int index) {
    return names[index];
  }

  /** Returns the names of attributes, and the keys of a table of methods. */
  public static List<String> with(AttributeNames attributes, LuaTable methods) {
    List<String> members = new ArrayList<>(attributes.names());
    for (LuaValue method : methods.keys()) {
      members.add(method.tojstring());
    }
    return members;
  }

  /** Returns the names in the order of their indexes. */
  public List<String> names() {
    return List.of(names);
  }

  /** Returns how many attributes there are. */
  public int size() {
    return names.length;
  }
}
