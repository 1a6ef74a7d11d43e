package dev.tiaki.lua.grammar;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** A compiled entity: one step of a parse. */
abstract class Node {
  /** What errors name when no element of a rule is to blame. */
  static final Node UNKNOWN =
      new Node(Place.NOWHERE) {
        @Override
        boolean parse(ParseContext context) {
          return true;
        }

        @Override
        String className() {
          return "DGControl";
        }
      };

  private final Place place;

  /**
   * Where an entity stands in a grammar.
   *
   * @param rule the rule around it, or null
   * @param id its position there from 1, or the key of the case that it is, or nil
   */
  record Place(@Nullable String rule, LuaValue id) {
    static final Place NOWHERE = new Place(null, LuaValue.NIL);
  }

  Node(Place place) {
    this.place = place;
  }

  /**
   * Parses what stands at the iterator of the context and moves behind it.
   *
   * @return false when it is something else; the context knows why then
   */
  abstract boolean parse(ParseContext context);

  /** Returns the name of its class, as Haka calls it. */
  abstract String className();

  /** Returns what it is called while it is traced, or null when it is not worth a line. */
  @Nullable String traceName() {
    return null;
  }

  /** Returns the field that it becomes, or null. */
  @Nullable LuaString name() {
    return null;
  }

  /** Returns the nodes inside, in the order in which they are parsed. */
  java.util.List<Node> inside() {
    return java.util.List.of();
  }

  final @Nullable String rule() {
    return place.rule;
  }

  final LuaValue id() {
    return place.id;
  }

  /** Returns what rules may see of it in an error. */
  final LuaTable describe() {
    LuaTable table = new LuaTable();
    table.rawset("id", place.id);
    if (place.rule != null) {
      table.rawset("rule", LuaString.valueOf(place.rule));
    }
    LuaString field = name();
    if (field != null) {
      table.rawset("name", field);
    }
    return table;
  }
}
