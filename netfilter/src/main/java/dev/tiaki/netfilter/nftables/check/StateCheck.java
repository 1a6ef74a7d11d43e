package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.LimitUnit;
import dev.tiaki.netfilter.nftables.rule.MapLookup;
import dev.tiaki.netfilter.nftables.rule.ObjectType;
import dev.tiaki.netfilter.nftables.rule.State;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.version.Feature;
import org.jspecify.annotations.Nullable;

/** Statements that remember. */
final class StateCheck {
  static final long UNSIGNED_INT = 0xffff_ffffL;

  private final ExpressionCheck expressions;

  StateCheck(ExpressionCheck expressions) {
    this.expressions = expressions;
  }

  /** Refuses a statement that does not remember, or one out of range. */
  void check(Statement statement, Pointer at) {
    if (!(statement instanceof State state)) {
      throw new Refusal(at, "a statement with state is expected: counter, quota, limit, …");
    }
    state(state, at);
  }

  private void state(State state, Pointer at) {
    switch (state) {
      case State.Counter(State.Totals totals) -> {
        if (totals != null) {
          notNegative(totals.packets(), at.at("counter").at("packets"));
          notNegative(totals.bytes(), at.at("counter").at("bytes"));
        }
      }
      case State.Quota quota -> {
        notNegative(quota.value(), at.at("quota").at("val"));
        notNegative(quota.used(), at.at("quota").at("used"));
      }
      case State.Limit limit -> limit(limit.rate(), limit.unit(), limit.burst(), at.at("limit"));
      case State.ConnectionCount(long count, boolean _) -> {
        if (count < 0 || count > UNSIGNED_INT) {
          throw new Refusal(at.at("ct count").at("val"), "a number of 32 bits is expected");
        }
      }
      case State.LastUsed(Long used) -> {
        expressions.scope().need(Feature.LAST, at);
        if (used != null) {
          notNegative(used, at.at("last").at("used"));
        }
      }
      case State.ObjectUse(ObjectType type, Expression name) -> use(type, name, at.at(type.word()));
    }
  }

  static void notNegative(long number, Pointer at) {
    if (number < 0) {
      throw new Refusal(at, "the number is negative");
    }
  }

  static void limit(long rate, LimitUnit unit, @Nullable Long burst, Pointer at) {
    if (rate < 1) {
      throw new Refusal(at.at("rate"), "a rate of 1 at least is expected");
    }
    if (burst != null && (burst < 0 || burst > UNSIGNED_INT)) {
      throw new Refusal(at.at("burst"), "a number of 32 bits is expected");
    }
    if (unit != LimitUnit.PACKETS && rate > Long.MAX_VALUE >> 20) {
      throw new Refusal(at.at("rate"), "the rate in octets does not fit 64 bits");
    }
  }

  private void use(ObjectType type, Expression name, Pointer at) {
    if (type == ObjectType.TUNNEL) {
      expressions.scope().need(Feature.TUNNEL, at);
    }
    switch (name) {
      case Value.Text(String text) -> Names.check(text, at);
      case MapLookup map -> {
        new Places(expressions.scope().version()).check(map, Places.STATEMENT, at);
        expressions.check(map, Typed.runtime(Datatypes.get("string"), 0), at);
      }
      default -> throw new Refusal(at, "the name of an object, or a map of names, is expected");
    }
  }
}
