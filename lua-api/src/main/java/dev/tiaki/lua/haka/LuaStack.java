package dev.tiaki.lua.haka;

import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaCall;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Dissectors that are written in Lua, as the engine's layers see them. {@code haka.dissector} and
 * {@code haka.helper} are loaded when a rule file first asks for them.
 */
final class LuaStack {
  private final Bindings bindings;
  private final Situation situation;
  private final LuaResources resources;
  private final DissectorsTable published;
  private final LuaTable natives = new LuaTable();
  private final LuaTable dissector;
  private final LuaTable helper;
  private final IdentityHashMap<LuaValue, LuaLayer> layers = new IdentityHashMap<>();
  private final Map<String, LuaCall> calls = new HashMap<>();

  LuaStack(
      Bindings bindings,
      Situation situation,
      LuaResources resources,
      PolicyFunctions policies,
      DissectorsTable published) {
    this.bindings = bindings;
    this.situation = situation;
    this.resources = resources;
    this.published = published;
    dissector = new LazyTable(key -> load());
    helper = new LazyTable(key -> load());
    natives.rawset("dissector", dissector);
    natives.rawset("helper", helper);
    Builtin.add(natives, "publish", this::publish);
    Builtin.add(natives, "adopt", LuaStack::adopt);
    Builtin.add(natives, "tolerates", all -> LuaValue.valueOf(toleratesFailures()));
    Builtin.add(natives, "policy", all -> policies.create(all.checkjstring(1)));
  }

  private boolean toleratesFailures() {
    return bindings.context().onRuleError() != OnRuleError.DROP;
  }

  private void load() {
    resources.runOnce("dissector", natives);
  }

  void addTo(LuaTable haka) {
    haka.rawset("dissector", dissector);
    haka.rawset("helper", helper);
  }

  /** Makes the {@code helper} table of a flow protocol's module, which {@code resource} fills. */
  LuaTable flowHelper(String resource) {
    LuaTable[] made = new LuaTable[1];
    LuaTable table =
        new LazyTable(key -> {
          load();
          natives.rawset("flow_helper", made[0]);
          resources.runOnce(resource, natives);
        });
    made[0] = table;
    return table;
  }

  private static Varargs adopt(Varargs all) {
    return all.arg1().get("merge").invoke(all.arg(2), all.arg(3));
  }

  private Varargs publish(Varargs all) {
    String name = all.checkjstring(1);
    if (!published.rawget(name).isnil()) {
      return LuaValue.FALSE;
    }
    published.register(name, all.checktable(2));
    return LuaValue.TRUE;
  }

  /** Tells whether what was selected on a layer is written in Lua. */
  static boolean isLua(LuaValue selected) {
    return selected.istable() && !(selected instanceof JavaDissector);
  }

  /** Returns the dissector {@code selected} as a layer of the engine. */
  LuaLayer layer(LuaValue selected) {
    return layers.computeIfAbsent(selected, made -> new LuaLayer(this, made));
  }

  Bindings bindings() {
    return bindings;
  }

  Situation situation() {
    return situation;
  }

  /** Returns a function that {@code dissector.lua} gives the engine. */
  LuaCall entry(String name) {
    return calls.computeIfAbsent(
        name,
        wanted -> {
          load();
          return bindings.runtime().call(natives.get(wanted), null);
        });
  }
}
