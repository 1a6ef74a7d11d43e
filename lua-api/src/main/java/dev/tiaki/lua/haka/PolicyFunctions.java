package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.lua.binding.AddressValue;
import dev.tiaki.lua.binding.NetworkValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code haka.policy}: statements, actions and criteria. */
final class PolicyFunctions {
  private final AlertFunctions alerts;
  private final LogSection log;

  PolicyFunctions(AlertFunctions alerts, LogSection log) {
    this.alerts = alerts;
    this.log = log;
  }

  void addTo(LuaTable haka) {
    LuaTable policy = new LuaTable();
    LuaTable metatable = new LuaTable();
    Builtin.add(metatable, "__call", all -> statement(all.arg(2)));
    policy.setmetatable(metatable);
    Builtin.add(policy, "new", all -> new Policy(all.checkjstring(1), log));
    addActions(policy);
    addCriteria(policy);
    haka.rawset("policy", policy);
  }

  private void addActions(LuaTable policy) {
    Builtin.add(policy, "drop", PolicyFunctions::drop);
    Builtin.add(policy, "accept", all -> LuaValue.NONE);
    Builtin.add(policy, "alert", all -> alertAction(all.arg1()));
    Builtin.add(policy, "log", PolicyFunctions::logAction);
  }

  private static void addCriteria(LuaTable policy) {
    Builtin.add(policy, "value", all -> value(all.arg1()));
    Builtin.add(policy, "set", all -> set(all.checktable(1)));
    Builtin.add(policy, "range", all -> range(all, true));
    Builtin.add(policy, "outofrange", all -> range(all, false));
    Builtin.add(policy, "present", all -> new Criterion(value -> !value.isnil()));
    Builtin.add(policy, "absent", all -> new Criterion(LuaValue::isnil));
    Builtin.add(policy, "ipv4_in_network", all -> inNetwork(all.arg1()));
  }

  private Varargs statement(LuaValue given) {
    if (!(given instanceof LuaTable table)) {
      throw Raised.at("policy parameter must be a table");
    }
    LuaValue on = table.get("on");
    if (on.isnil()) {
      throw Raised.at("no on defined for policy");
    }
    if (!(on instanceof Policy policy)) {
      throw Raised.at("policy on must be a Policy");
    }
    LuaValue name = table.get("name");
    policy.add(
        name.isnil() ? "<unnamed>" : name.tojstring(),
        actions(table.get("action")),
        criteria(table));
    return LuaValue.NONE;
  }

  private static List<LuaValue> actions(LuaValue given) {
    List<LuaValue> actions = new ArrayList<>();
    if (given instanceof LuaTable table && table.length() > 0) {
      for (int i = 1; i <= table.length(); i++) {
        actions.add(table.get(i));
      }
    } else {
      actions.add(given);
    }
    if (!actions.stream().allMatch(LuaFunction.class::isInstance)) {
      throw Raised.at("policy action must be a function or a list of functions");
    }
    return actions;
  }

  private static Map<LuaValue, Criterion> criteria(LuaTable table) {
    Map<LuaValue, Criterion> criteria = new LinkedHashMap<>();
    for (LuaValue key : table.keys()) {
      String name = key.tojstring();
      if (!name.equals("on") && !name.equals("name") && !name.equals("action")) {
        LuaValue wanted = table.get(key);
        criteria.put(key, wanted instanceof Criterion criterion ? criterion : value(wanted));
      }
    }
    return criteria;
  }

  private static Varargs drop(Varargs all) {
    LuaValue context = all.arg(2);
    return context.get("drop").call(context);
  }

  private LuaValue alertAction(LuaValue fields) {
    return Builtin.of(
        "alert",
        all -> {
          LuaTable alert = new LuaTable();
          merge(alert, all.arg(4));
          merge(alert, fields);
          if (alert.get("description").isnil()) {
            alert.set("description", all.arg1().get("name"));
          }
          alerts.post(alert);
          return LuaValue.NONE;
        });
  }

  private static void merge(LuaTable target, LuaValue source) {
    if (source instanceof LuaTable table) {
      for (LuaValue key : table.keys()) {
        target.set(key, table.get(key));
      }
    }
  }

  private static Varargs logAction(Varargs given) {
    LuaValue logger = given.arg1();
    Varargs text = given.subargs(2);
    return Builtin.of("log", all -> logger.invoke(text));
  }

  private static Criterion value(LuaValue wanted) {
    return new Criterion(value -> value.eq_b(wanted));
  }

  private static Criterion set(LuaTable members) {
    List<LuaValue> wanted = new ArrayList<>();
    for (LuaValue key : members.keys()) {
      wanted.add(members.get(key));
    }
    return new Criterion(value -> wanted.stream().anyMatch(value::eq_b));
  }

  private static Criterion range(Varargs all, boolean inside) {
    LuaValue min = bound(all.arg1(), "invalid min");
    LuaValue max = bound(all.arg(2), "invalid max");
    if (max.lt_b(min)) {
      throw Raised.at("invalid bounds");
    }
    return new Criterion(
        value -> !value.isnil() && inside == (min.lteq_b(value) && value.lteq_b(max)));
  }

  private static LuaValue bound(LuaValue value, String problem) {
    if (value.isnil()) {
      throw Raised.at(problem);
    }
    return value;
  }

  private static Criterion inNetwork(LuaValue given) {
    if (!(given instanceof NetworkValue network)) {
      throw Raised.at("network expected");
    }
    return new Criterion(value -> {
      if (value instanceof AddressValue address) {
        return network.network().contains(address.address());
      }
      throw Raised.plain("nil argument");
    });
  }
}
