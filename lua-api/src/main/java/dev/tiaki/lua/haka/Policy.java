package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaCall;
import dev.tiaki.lua.runtime.LuaRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A named point at which rule files may decide. Of the statements that match, the one registered
 * last is applied.
 */
final class Policy extends LuaTable {
  /** What a choice gives when no statement matched. */
  static final Choice NO_STATEMENT = new Choice(false);

  private final String name;
  private final Situation situation;
  private final LogSection log;
  private final List<Statement> statements = new ArrayList<>();
  private final BooleanSupplier learning;
  private final Function<LuaTable, Map<LuaValue, Criterion>> reader;
  private final LuaCall decision;
  private @Nullable Runnable firstStatement;

  private record Statement(
      String name, List<LuaValue> actions, Map<LuaValue, Criterion> criteria, DropOrigin origin) {
    /** Tells whether every criterion matches; while learning, those that learn do. */
    boolean matches(LuaValue values, boolean learning) {
      return criteria.entrySet().stream()
          .allMatch(entry ->
              (learning && entry.getValue().learns())
                  || entry.getValue().matches(values.get(entry.getKey())));
    }

    boolean learns() {
      return criteria.values().stream().anyMatch(Criterion::learns);
    }

    void learn(LuaValue values) {
      criteria.forEach((key, criterion) -> criterion.learn(values.get(key)));
    }
  }

  /**
   * What a policy decided.
   *
   * @param matched whether a statement was applied
   */
  record Choice(boolean matched) {}

  /**
   * Makes a policy without statements.
   *
   * @param runtime gives each application by the engine a budget of its own
   * @param situation told which statement is applied
   * @param learning tells whether statements learn now
   * @param reader makes criteria of a table of them
   */
  Policy(
      String name,
      LuaRuntime runtime,
      Situation situation,
      LogSection log,
      BooleanSupplier learning,
      Function<LuaTable, Map<LuaValue, Criterion>> reader) {
    this.name = name;
    this.situation = situation;
    this.log = log;
    this.learning = learning;
    this.reader = reader;
    this.decision =
        runtime.call(
            Builtin.of(name, all -> valueOf(decide(all.arg1(), all.arg(2), all.arg(3)).matched())),
            null);
    rawset("name", LuaString.valueOf(name));
    Builtin.add(this, "apply", this::applyFromLua);
    Builtin.add(this, "insert", this::insert);
  }

  private Varargs insert(Varargs all) {
    LuaValue statement = all.arg(2);
    add(
        statement.isnil() ? "<unnamed>" : statement.tojstring(),
        PolicyFunctions.actions(all.arg(4)),
        reader.apply(all.checktable(3)));
    return NONE;
  }

  /** Runs {@code action} when a rule file adds the first statement: until then all is default. */
  Policy onFirstStatement(Runnable action) {
    firstStatement = action;
    return this;
  }

  void add(String statement, List<LuaValue> actions, Map<LuaValue, Criterion> criteria) {
    Runnable first = firstStatement;
    if (first != null) {
      firstStatement = null;
      first.run();
    }
    DropOrigin origin = DropOrigin.of("policy '" + name + "', statement '" + statement + "'");
    statements.add(new Statement(statement, actions, criteria, origin));
    log.info("register policy '" + statement + "' on '" + name + "'");
  }

  boolean isEmpty() {
    return statements.isEmpty();
  }

  /** Logs that no statement of a rule file decided. */
  void logDefault() {
    if (log.isDebugEnabled()) {
      log.debug("applying policy default action for " + name);
    }
  }

  /**
   * Applies the policy to {@code context}, which has {@code values}, for the engine.
   *
   * @throws dev.tiaki.engine.rule.RuleFailure when a criterion or an action fails or takes too long
   */
  Choice apply(LuaValue context, LuaValue values, LuaValue description) {
    return new Choice(decision.call(context, values, description).toboolean());
  }

  private Choice decide(LuaValue context, LuaValue values, LuaValue description) {
    Statement chosen = null;
    boolean isLearning = learning.getAsBoolean();
    for (Statement statement : statements) {
      if (statement.matches(values, isLearning)) {
        chosen = statement;
        if (isLearning && statement.learns()) {
          log.debug("learning policy " + statement.name + " for " + name);
          statement.learn(values);
        }
      } else if (log.isDebugEnabled()) {
        log.debug("rejected policy " + statement.name + " for " + name);
      }
    }
    if (chosen == null) {
      return NO_STATEMENT;
    }
    if (log.isDebugEnabled()) {
      log.debug("applying policy " + chosen.name + " for " + name);
    }
    DropOrigin outer = situation.policy;
    situation.policy = chosen.origin;
    try {
      for (LuaValue action : chosen.actions) {
        action.invoke(LuaValue.varargsOf(new LuaValue[] {this, context, values, description}));
      }
    } finally {
      situation.policy = outer;
    }
    return new Choice(true);
  }

  private Varargs applyFromLua(Varargs all) {
    LuaValue given = all.arg(2);
    if (!given.istable()) {
      throw Raised.at("policy parameter must be a table");
    }
    LuaValue context = given.get("ctx");
    if (context.isnil()) {
      throw Raised.at("no context defined for policy");
    }
    LuaValue values = given.get("values");
    boolean wanted = !values.isnil() || statements.stream().anyMatch(s -> !s.criteria.isEmpty());
    if (wanted && !values.istable()) {
      throw Raised.at("values must be a table");
    }
    LuaValue description = given.get("desc");
    if (!description.isnil() && !description.istable()) {
      throw Raised.at("desc must be a table");
    }
    decide(context, values, description.isnil() ? new LuaTable() : description);
    return NONE;
  }
}
