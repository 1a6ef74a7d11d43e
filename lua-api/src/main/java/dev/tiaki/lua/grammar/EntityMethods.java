package dev.tiaki.lua.grammar;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The options of entities: methods that return a changed copy. */
final class EntityMethods {
  private final LuaTable common = new LuaTable();
  private final LuaTable compound = new LuaTable();
  private final LuaTable parts = new LuaTable();
  private final LuaTable array = new LuaTable();
  private final LuaTable bytes = new LuaTable();

  EntityMethods() {
    Builtin.add(common, "convert", EntityMethods::convert);
    Builtin.add(common, "memoize", all -> self(all).with(self(all).traits().memoized()));
    Builtin.add(
        common, "validate", all -> self(all).with(self(all).traits().validated(function(all, 2))));
    Builtin.add(common, "apply", all -> applied(self(all), function(all, 2)));
    Builtin.add(common, "const", EntityMethods::constant);
    Builtin.add(compound, "result", all -> self(all).with(self(all).traits().ofClass(all.arg(2))));
    Builtin.add(parts, "extra", EntityMethods::extra);
    Builtin.add(array, "count", all -> more(all, Kind.More.Until.COUNT, all.arg(2)));
    Builtin.add(array, "untilcond", all -> more(all, Kind.More.Until.CONDITION, function(all, 2)));
    Builtin.add(
        array, "whilecond", all -> more(all, Kind.More.Until.NO_CONDITION, function(all, 2)));
    Builtin.add(array, "creation", EntityMethods::creation);
    Builtin.add(bytes, "count", EntityMethods::count);
    Builtin.add(bytes, "untiltoken", EntityMethods::untilToken);
    Builtin.add(bytes, "chunked", EntityMethods::chunked);
  }

  /** Returns the method {@code name} of entities of a kind, or nil. */
  LuaValue of(Kind kind, LuaValue name) {
    LuaTable own =
        switch (kind) {
          case Kind.Array ignored -> array;
          case Kind.Bytes ignored -> bytes;
          case Kind.Parts ignored -> parts;
          default -> common;
        };
    LuaValue method = own.rawget(name);
    if (method.isnil() && kind.isCompound()) {
      method = compound.rawget(name);
    }
    return method.isnil() ? common.rawget(name) : method;
  }

  private static Entity self(Varargs all) {
    return entity(all.arg1());
  }

  /** Returns an argument that must be an entity. */
  static Entity entity(LuaValue value) {
    if (value instanceof Entity entity) {
      return entity;
    }
    throw Raised.at("grammar entity expected, got " + value.typename());
  }

  private static LuaValue function(Varargs all, int index) {
    LuaValue value = all.arg(index);
    if (value.isfunction()) {
      return value;
    }
    throw Raised.at("function expected, got " + value.typename());
  }

  private static Varargs convert(Varargs all) {
    Entity self = self(all);
    if (!all.arg(2).istable()) {
      throw Raised.at("converter expected, got " + all.arg(2).typename());
    }
    return self.with(self.traits().converted(all.arg(2), all.arg(3).toboolean()));
  }

  private static Entity applied(Entity self, LuaValue function) {
    return self.with(self.traits().applied(function));
  }

  private static Varargs constant(Varargs all) {
    LuaValue expected = all.arg(2);
    Builtin check =
        Builtin.of(
            "const",
            given -> {
              ParseContext context = ParseContext.of(given.arg(3));
              LuaValue wanted =
                  expected.isfunction() ? expected.call(given.arg(2), given.arg(3)) : expected;
              if (!given.arg1().eq_b(wanted)) {
                context.raise(
                    "incorrect value, expected '%s' got '%s'"
                        .formatted(wanted.tojstring(), given.arg1().tojstring()));
              }
              return LuaValue.NONE;
            });
    return applied(self(all), check);
  }

  private static Varargs extra(Varargs all) {
    Entity self = self(all);
    LuaTable added = all.arg(2).checktable();
    if (self.kind() instanceof Kind.Parts record) {
      for (LuaValue name : added.keys()) {
        if (!(name instanceof LuaString)) {
          throw Raised.at("record extra need to be named");
        }
        record.extra().rawset(name, added.rawget(name));
      }
    }
    return self;
  }

  private static Varargs more(Varargs all, Kind.More.Until until, LuaValue value) {
    Entity self = self(all);
    Kind.Array old = (Kind.Array) self.kind();
    return self.with(new Kind.Array(old.element(), new Kind.More(until, value), old.creation()));
  }

  private static Varargs creation(Varargs all) {
    Entity self = self(all);
    Kind.Array old = (Kind.Array) self.kind();
    return self.with(new Kind.Array(old.element(), old.more(), function(all, 2)));
  }

  private static Varargs count(Varargs all) {
    Entity self = self(all);
    Kind.Bytes old = (Kind.Bytes) self.kind();
    if (old.untilToken() != null) {
      throw Raised.at("bytes can't have both count and untiltoken");
    }
    return self.with(new Kind.Bytes(all.arg(2), null, old.chunked()));
  }

  private static Varargs untilToken(Varargs all) {
    Entity self = self(all);
    Kind.Bytes old = (Kind.Bytes) self.kind();
    if (old.count() != null) {
      throw Raised.at("bytes can't have both count and untiltoken");
    }
    return self.with(new Kind.Bytes(null, all.arg(2).checkstring(), old.chunked()));
  }

  private static Varargs chunked(Varargs all) {
    Entity self = self(all);
    Kind.Bytes old = (Kind.Bytes) self.kind();
    return self.with(new Kind.Bytes(old.count(), old.untilToken(), function(all, 2)));
  }
}
