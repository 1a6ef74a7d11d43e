package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code haka.policy}: statements, and the criteria that rule files define. */
final class PolicyFunctions {
  private static final LuaString ON = LuaString.valueOf("on");
  private static final LuaString NAME = LuaString.valueOf("name");
  private static final LuaString ACTION = LuaString.valueOf("action");
  private static final LuaString LEARNING = LuaString.valueOf("learning");

  private final LuaRuntime runtime;
  private final LuaTable policy;
  private final Situation situation;
  private final LogSection log;
  private @Nullable LuaValue isCriterion;

  PolicyFunctions(
      LuaRuntime runtime,
      AlertFunctions alerts,
      Situation situation,
      LogSection log,
      LuaResources resources) {
    this.runtime = runtime;
    this.situation = situation;
    this.log = log;
    LuaTable natives = new LuaTable();
    Builtin.add(natives, "publish", this::publish);
    Builtin.add(natives, "recognize", this::recognize);
    policy =
        new LazyTable(key -> {
          if (key.tojstring().equals("Criterion")) {
            resources.run("criterion", natives);
          }
        });
    LuaTable metatable = new LuaTable();
    Builtin.add(metatable, "__call", all -> statement(all.arg(2)));
    policy.setmetatable(metatable);
    policy.rawset(LEARNING, LuaValue.FALSE);
    Builtin.add(policy, "new", all -> create(all.checkjstring(1)));
    Builtin.add(policy, "learn", all -> learn(all.arg1()));
    new PolicyActions(alerts).addTo(policy);
    Criteria.addTo(policy);
  }

  void addTo(LuaTable haka) {
    haka.rawset("policy", policy);
  }

  /** Makes a policy without statements. */
  Policy create(String name) {
    return new Policy(
        name, runtime, situation, log, () -> policy.rawget(LEARNING).toboolean(), this::criteria);
  }

  private Varargs statement(LuaValue given) {
    if (!(given instanceof LuaTable table)) {
      throw Raised.at("policy parameter must be a table");
    }
    LuaValue on = table.get(ON);
    if (on.isnil()) {
      throw Raised.at("no on defined for policy");
    }
    if (!(on instanceof Policy target)) {
      throw Raised.at("policy on must be a Policy");
    }
    List<LuaValue> actions = actions(table.get(ACTION));
    LuaValue name = table.get(NAME);
    for (LuaString taken : new LuaString[] {ON, NAME, ACTION}) {
      table.set(taken, LuaValue.NIL);
    }
    target.add(name.isnil() ? "<unnamed>" : name.tojstring(), actions, criteria(table));
    return LuaValue.NONE;
  }

  static List<LuaValue> actions(LuaValue given) {
    List<LuaValue> actions = new ArrayList<>();
    if (given instanceof LuaTable table) {
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

  private Map<LuaValue, Criterion> criteria(LuaTable table) {
    Map<LuaValue, Criterion> criteria = new LinkedHashMap<>();
    for (LuaValue key : table.keys()) {
      LuaValue wanted = table.get(key);
      criteria.put(key, wanted instanceof Criterion known ? known : criterion(wanted));
    }
    return criteria;
  }

  private Criterion criterion(LuaValue wanted) {
    LuaValue recognizes = isCriterion;
    if (recognizes != null && wanted.istable() && recognizes.call(wanted).toboolean()) {
      return new Criterion(value -> wanted.get("compare").call(wanted, value).toboolean());
    }
    return Criteria.value(wanted);
  }

  private static Varargs learn(LuaValue given) {
    if (!(given instanceof CriterionKind kind)) {
      throw Raised.at("can only learn on haka.policy.Criterion");
    }
    Criterion learner = kind.learner();
    if (learner == null) {
      throw Raised.at("cannot learn on haka.policy." + kind.name() + " criterion");
    }
    return learner;
  }

  /** Told by the class of criteria which tables are criteria, and which class that is. */
  private Varargs recognize(Varargs all) {
    policy.rawset("Criterion", all.arg1());
    isCriterion = all.arg(2);
    return LuaValue.NONE;
  }

  /** Publishes {@code name, constructor, learner, whether it learns} of a rule file's class. */
  private Varargs publish(Varargs all) {
    String name = all.checkjstring(1);
    LuaValue constructor = all.arg(2);
    LuaValue learner = all.arg(3);
    LuaValue canLearn = all.arg(4);
    if (!policy.rawget(name).isnil()) {
      return LuaValue.FALSE;
    }
    policy.rawset(
        name,
        new CriterionKind(
            name,
            arguments -> constructor.invoke(arguments).arg1(),
            () -> canLearn.call().toboolean() ? learning(learner.call()) : null));
    return LuaValue.TRUE;
  }

  private static Criterion learning(LuaValue instance) {
    return new Criterion(
        value -> instance.get("compare").call(instance, value).toboolean(),
        value -> instance.get("learn").call(instance, value));
  }
}
