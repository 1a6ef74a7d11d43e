package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Why and where a message could not be parsed, as rules see it. */
final class ParseError extends LuaTable {
  private static final int CONTEXT_BYTES = 100;
  private static final LuaTable CLASS = classTable();

  private final BufferIterator position;
  private final String description;
  private Node field = Node.UNKNOWN;
  private boolean placed;

  ParseError(LuaValue iterator, BufferIterator position, String description) {
    this.position = position;
    this.description = description;
    rawset("position", iterator);
    rawset("description", ByteText.bytesOf(description));
    setmetatable(CLASS);
  }

  private static LuaTable classTable() {
    LuaTable table = new LuaTable();
    LuaTable methods = new LuaTable();
    Builtin.add(methods, "context", all -> ByteText.bytesOf(self(all.arg1()).context()));
    table.rawset("name", LuaString.valueOf("ParseError"));
    table.rawset("__index", methods);
    Builtin.add(table, "__tostring", all -> ByteText.bytesOf(self(all.arg1()).text()));
    return table;
  }

  private static ParseError self(LuaValue value) {
    return (ParseError) value;
  }

  /** Says at which element it happened; the first to say so is right. */
  void at(Node node) {
    if (!placed) {
      placed = true;
      field = node;
      rawset("field", node.describe());
    }
  }

  /** Returns the message with its place. */
  String text() {
    LuaValue id = field.id();
    String rule = field.rule();
    return "parse error at byte %d for field %s in %s: %s"
        .formatted(
            position.meter(),
            id.isnil() ? "<unknown>" : id.tojstring(),
            rule == null ? "<unknown>" : rule,
            description);
  }

  /** Returns the bytes at the place, readable. */
  String context() {
    return "parse error context: " + SafeText.of(position, CONTEXT_BYTES) + "...";
  }

  @Override
  public String tojstring() {
    return text();
  }
}
