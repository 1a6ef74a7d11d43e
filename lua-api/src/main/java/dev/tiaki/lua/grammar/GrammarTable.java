package dev.tiaki.lua.grammar;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.ByteText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** A grammar: its rules, and its exported ones compiled. */
final class GrammarTable extends LuaTable {
  private final String title;
  private final Map<String, Entity> rules = new LinkedHashMap<>();
  private final Set<String> exports = new LinkedHashSet<>();
  private final Map<String, CompiledEntity> compiled = new LinkedHashMap<>();
  private LuaTable fields = new LuaTable();

  GrammarTable(String title) {
    this.title = title;
  }

  Map<String, Entity> rules() {
    return rules;
  }

  Set<String> exports() {
    return exports;
  }

  /** Takes over the rules and exports of another grammar. */
  void extend(GrammarTable other) {
    rules.putAll(other.rules);
    exports.addAll(other.exports);
  }

  /** Compiles the exported rules. */
  void compile(GrammarRuntime runtime) {
    Compiler compiler = new Compiler(runtime, rules);
    for (String name : exports) {
      Entity entity = rules.get(name);
      if (entity == null) {
        throw Raised.at("exported rule must be registered in the grammar: " + name);
      }
      compiled.put(name, compiler.export(entity));
    }
    fields = compiler.fields();
    if (exports.isEmpty()) {
      runtime.log().warn("grammar '" + title + "' does not have any exported element");
    }
  }

  /** Returns a drawing of the graph. */
  String drawing() {
    Map<String, Node> nodes = new LinkedHashMap<>();
    compiled.forEach((name, entity) -> nodes.put(name, entity.node()));
    return GraphView.draw(nodes);
  }

  String title() {
    return title;
  }

  @Override
  public LuaValue get(LuaValue key) {
    String name = key instanceof LuaString text ? ByteText.of(text) : key.tojstring();
    return switch (name) {
      case "unique_export" -> uniqueExport();
      case "_fields" -> fields;
      case "_name" -> LuaString.valueOf(title);
      case "dump_graph" -> GrammarLibrary.dumpFunction();
      default -> exported(name);
    };
  }

  private LuaValue exported(String name) {
    CompiledEntity entity = compiled.get(name);
    if (entity == null) {
      throw Raised.at("unknown grammar public rule '" + name + "'");
    }
    return entity;
  }

  private LuaValue uniqueExport() {
    return compiled.size() == 1 ? compiled.values().iterator().next() : NIL;
  }

  @Override
  public LuaValue rawget(LuaValue key) {
    return key instanceof LuaString text && ByteText.of(text).equals("unique_export")
        ? uniqueExport()
        : super.rawget(key);
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    throw Raised.at("read-only table");
  }
}
