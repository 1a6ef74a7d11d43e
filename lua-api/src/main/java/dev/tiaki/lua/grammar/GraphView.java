package dev.tiaki.lua.grammar;

import dev.tiaki.lua.fault.Raised;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A compiled grammar as a graph to look at: chains of steps, and drawings for Graphviz. */
final class GraphView {
  private static final LuaString NEXT = LuaString.valueOf("_next");

  private GraphView() {}

  /** Gives a table the class and the names of the first step of a node. */
  static void describe(LuaTable table, Node node) {
    fill(table, chain(node).getFirst());
  }

  /** Returns what follows in the chain of a compiled entity, or nil for any other name. */
  static LuaValue link(CompiledEntity entity, LuaString name) {
    if (!name.raweq(NEXT)) {
      return LuaValue.NIL;
    }
    LuaTable following = null;
    List<Step> steps = chain(entity.node());
    for (int i = steps.size() - 1; i > 0; i--) {
      LuaTable view = new LuaTable();
      fill(view, steps.get(i));
      if (following != null) {
        view.rawset(NEXT, following);
      }
      following = view;
    }
    return following == null ? LuaValue.NIL : following;
  }

  /** One step: the node that it belongs to, and what the step is called. */
  private record Step(Node node, String className) {}

  private static void fill(LuaTable table, Step step) {
    LuaTable type = new LuaTable();
    type.rawset("name", LuaString.valueOf(step.className));
    table.setmetatable(type);
    LuaString field = step.node.name();
    if (field != null) {
      table.rawset("name", field);
    }
    if (!step.node.id().isnil()) {
      table.rawset("id", step.node.id());
    }
    String rule = step.node.rule();
    if (rule != null) {
      table.rawset("rule", LuaString.valueOf(rule));
    }
  }

  private static List<Step> chain(Node node) {
    List<Step> steps = new ArrayList<>();
    boolean compound = !node.inside().isEmpty();
    if (compound) {
      steps.add(new Step(Node.UNKNOWN, "DGCompoundStart"));
    }
    if (node instanceof PartsNode parts && parts.isRetained()) {
      steps.add(new Step(Node.UNKNOWN, "DGRetain"));
    }
    steps.add(new Step(node, node.className()));
    if (node instanceof PartsNode) {
      node.inside().forEach(part -> steps.addAll(part == node ? List.of() : chain(part)));
    }
    if (compound) {
      steps.add(new Step(Node.UNKNOWN, "DGCompoundFinish"));
    }
    return steps;
  }

  /** Writes a drawing of one node to a file that Lua code opened. */
  static Varargs dump(Node node, LuaValue file) {
    LuaValue write = file.get("write");
    if (!write.isfunction()) {
      throw Raised.at("file expected, got " + file.typename());
    }
    write.call(file, LuaString.valueOf(draw(Map.of("", node))));
    return LuaValue.NONE;
  }

  /** Returns a drawing of the exported nodes of a grammar. */
  static String draw(Map<String, Node> exported) {
    StringBuilder text = new StringBuilder("digraph grammar {\n");
    IdentityHashMap<Node, String> names = new IdentityHashMap<>();
    exported.forEach((rule, node) -> {
      if (!rule.isEmpty()) {
        text.append("subgraph \"cluster_" + rule + "\" { label=\"" + rule + "\"\n");
      }
      draw(node, names, text);
      text.append(rule.isEmpty() ? "" : "}\n");
    });
    return text.append("}\n").toString();
  }

  private static String draw(Node node, IdentityHashMap<Node, String> names, StringBuilder text) {
    String known = names.get(node);
    if (known != null) {
      return known;
    }
    String name = "N_" + (names.size() + 1);
    names.put(node, name);
    LuaString field = node.name();
    String label = node.className() + (field == null ? "" : ": " + field.tojstring());
    text.append(name + " [label=\"" + label + "\"];\n");
    for (Node part : node.inside()) {
      text.append(name + " -> " + draw(part, names, text) + ";\n");
    }
    if (node instanceof RecursionNode recursion) {
      String inner = draw(recursion.inner(), names, text);
      text.append(name + " -> " + inner + " [label=\"recursion\"];\n");
    }
    return name;
  }
}
