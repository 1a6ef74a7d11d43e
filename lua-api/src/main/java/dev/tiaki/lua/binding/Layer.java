package dev.tiaki.lua.binding;

import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A packet of one protocol as Lua sees it, with the layer below it. */
public interface Layer extends Emitter {
  /** Returns the name of the protocol. */
  String layerName();

  /** Returns the layer below, or null at the root. */
  @Nullable Layer lowerLayer();

  /** Returns the object that Lua handles. */
  LuaValue handle();

  /** Notes which dissector a policy or a rule wants on top; nil takes it back. */
  default void select(LuaValue dissector) {
    throw Raised.plain("not implemented");
  }

  /** Returns what {@link #select} noted last, or nil. */
  default LuaValue selected() {
    return LuaValue.NIL;
  }

  /** Adds the methods of every layer that do not depend on the protocol. */
  static NativeClass methods(NativeClass made) {
    addMethods(made::method);
    return made.shows("_parent").shows("_next_dissector").hides("raw").hides("ip");
  }

  /** Adds the methods of every layer that do not depend on the protocol, by {@code adder}. */
  static void addMethods(BiConsumer<String, Builtin.Body> adder) {
    adder.accept("parent", Layer::parent);
    adder.accept("can_continue", all -> LuaValue.valueOf(self(all).canContinue()));
    adder.accept("continue", Layer::continueOrAbort);
    adder.accept("select_next_dissector", Layer::select);
    adder.accept("activate_next_dissector", all -> self(all).handle().get("_next_dissector"));
  }

  private static Layer self(Varargs all) {
    return all.arg1() instanceof Layer layer ? layer : missing(all);
  }

  private static Layer missing(Varargs all) {
    throw Raised.plain("expected a packet, got '" + all.arg1().typename() + "'");
  }

  private static Varargs continueOrAbort(Varargs all) {
    if (!self(all).canContinue()) {
      throw RuleAbort.instance();
    }
    return LuaValue.NONE;
  }

  private static Varargs select(Varargs all) {
    self(all).select(all.arg(2));
    return LuaValue.NONE;
  }

  private static Varargs parent(Varargs all) {
    LuaValue wanted = all.arg(2);
    Layer layer = self(all);
    if (wanted.isnil() || wanted.isnumber()) {
      for (int left = wanted.isnil() ? 1 : wanted.toint(); left > 0 && layer != null; left--) {
        layer = layer.lowerLayer();
      }
    } else {
      layer = layer.lowerLayer();
      while (layer != null && !layer.layerName().equals(wanted.tojstring())) {
        layer = layer.lowerLayer();
      }
    }
    return layer == null ? LuaValue.NIL : layer.handle();
  }

  /** Returns what a name gives that this layer does not have: what the layer below has. */
  static LuaValue delegate(Bindings bindings, Layer layer, LuaValue key) {
    Layer lower = layer.lowerLayer();
    String name = key.tojstring();
    if (name.startsWith("_")) {
      return switch (name) {
        case "_parent" -> lower == null ? LuaValue.NIL : lower.handle();
        case "_next_dissector" -> bindings.packets().above(layer);
        default -> LuaValue.NIL;
      };
    }
    if (lower == null) {
      throw NativeObject.unknownField(key);
    }
    return lower.handle().get(key);
  }
}
