package dev.tiaki.lua.grammar;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** An entity of a grammar as its definition handles it. Options make changed copies. */
final class Entity extends LuaTable {
  private final EntityMethods methods;
  private final Kind kind;
  private final Traits traits;
  private @Nullable String rule;

  Entity(EntityMethods methods, Kind kind) {
    this(methods, kind, Traits.NONE, null);
  }

  private Entity(EntityMethods methods, Kind kind, Traits traits, @Nullable String rule) {
    this.methods = methods;
    this.kind = kind;
    this.traits = traits;
    this.rule = rule;
  }

  Kind kind() {
    return kind;
  }

  Traits traits() {
    return traits;
  }

  /** Returns the name of the rule that the entity is, or null. */
  @Nullable String rule() {
    return rule;
  }

  void setRule(String name) {
    rule = name;
  }

  Entity with(Traits newTraits) {
    return new Entity(methods, kind, newTraits, rule);
  }

  Entity with(Kind newKind) {
    return new Entity(methods, newKind, traits, rule);
  }

  @Override
  public LuaValue get(LuaValue key) {
    return methods.of(kind, key);
  }

  @Override
  public String tojstring() {
    return "<class instance " + kind.className() + ">";
  }
}
