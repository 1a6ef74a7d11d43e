package dev.tiaki.lua.haka;

import dev.tiaki.engine.log.LogSection;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  static final Choice NO_STATEMENT = new Choice(false, null);

  private final String name;
  private final LogSection log;
  private final List<Statement> statements = new ArrayList<>();
  private @Nullable Runnable firstStatement;

  private record Statement(String name, List<LuaValue> actions, Map<LuaValue, Criterion> criteria) {
    boolean matches(LuaValue values) {
      return criteria.entrySet().stream()
          .allMatch(entry -> entry.getValue().matches(values.get(entry.getKey())));
    }
  }

  /**
   * What a policy decided.
   *
   * @param matched whether a statement was applied
   * @param install the name of the dissector that an action selected, or null
   */
  record Choice(boolean matched, @Nullable String install) {}

  Policy(String name, LogSection log) {
    this.name = name;
    this.log = log;
    rawset("name", LuaString.valueOf(name));
    Builtin.add(this, "apply", this::applyFromLua);
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
    statements.add(new Statement(statement, actions, criteria));
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

  /** Applies the policy to {@code context}, which has {@code values}. */
  Choice apply(LuaValue context, LuaValue values, LuaValue description) {
    Statement chosen = null;
    for (Statement statement : statements) {
      if (statement.matches(values)) {
        chosen = statement;
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
    String install = null;
    for (LuaValue action : chosen.actions) {
      action.invoke(LuaValue.varargsOf(new LuaValue[] {this, context, values, description}));
      install = action instanceof InstallAction selected ? selected.dissector() : install;
    }
    return new Choice(true, install);
  }

  private Varargs applyFromLua(Varargs all) {
    LuaValue given = all.arg(2);
    LuaValue context = given.get("ctx");
    if (context.isnil()) {
      throw Raised.at("no context defined for policy");
    }
    LuaValue values = given.get("values");
    if (!values.istable() && statements.stream().anyMatch(one -> !one.criteria.isEmpty())) {
      throw Raised.at("values must be a table");
    }
    LuaValue description = given.get("desc");
    if (!description.isnil() && !description.istable()) {
      throw Raised.at("desc must be a table");
    }
    apply(context, values, description.isnil() ? new LuaTable() : description);
    return NONE;
  }
}
