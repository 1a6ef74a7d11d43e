package dev.tiaki.lua.haka;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.lua.binding.AddressValue;
import dev.tiaki.lua.binding.NetworkValue;
import dev.tiaki.lua.fault.Raised;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The criteria that are always there. A missing value matches none but {@code absent}. */
final class Criteria {
  private Criteria() {}

  static void addTo(LuaTable policy) {
    add(policy, new CriterionKind("value", all -> value(all.arg1()), null));
    add(policy, new CriterionKind("set", all -> set(all.checktable(1)), Members::learner));
    add(policy, new CriterionKind("range", all -> bounds(all).criterion(true), Bounds::learner));
    add(policy, new CriterionKind("outofrange", all -> bounds(all).criterion(false), null));
    add(policy, new CriterionKind("present", all -> new Criterion(v -> !v.isnil()), null));
    add(policy, new CriterionKind("absent", all -> new Criterion(LuaValue::isnil), null));
    add(policy, new CriterionKind("ipv4_in_network", all -> inNetwork(all.arg1()), null));
  }

  private static void add(LuaTable policy, CriterionKind kind) {
    policy.rawset(kind.name(), kind);
  }

  static Criterion value(LuaValue wanted) {
    return new Criterion(value -> !value.isnil() && value.eq_b(wanted));
  }

  private static Criterion set(LuaTable given) {
    Members members = new Members();
    for (LuaValue key : given.keys()) {
      members.add(given.get(key));
    }
    return new Criterion(members::contains);
  }

  /** A set of values in which addresses are found by what they are, not by their object. */
  private static final class Members {
    private final LuaTable values = new LuaTable();
    private final Set<IpAddress> addresses = new HashSet<>();

    static Criterion learner() {
      Members members = new Members();
      return new Criterion(members::contains, members::add);
    }

    void add(LuaValue value) {
      if (value instanceof AddressValue address) {
        addresses.add(address.address());
      } else if (!value.isnil()) {
        values.rawset(value, LuaValue.TRUE);
      }
    }

    boolean contains(LuaValue value) {
      if (value instanceof AddressValue address) {
        return addresses.contains(address.address());
      }
      return !value.isnil() && values.rawget(value).toboolean();
    }
  }

  /** Two ends, of any type that can be compared; none while nothing was learnt. */
  private static final class Bounds {
    private @Nullable LuaValue min;
    private @Nullable LuaValue max;

    static Criterion learner() {
      Bounds bounds = new Bounds();
      return new Criterion(value -> bounds.test(value, true), bounds::extend);
    }

    Criterion criterion(boolean inside) {
      return new Criterion(value -> test(value, inside));
    }

    private boolean test(LuaValue value, boolean inside) {
      LuaValue low = min;
      LuaValue high = max;
      if (value.isnil() || low == null || high == null) {
        return false;
      }
      return inside == (low.lteq_b(value) && value.lteq_b(high));
    }

    private void extend(LuaValue value) {
      if (value.isnil()) {
        return;
      }
      if (min == null || value.lt_b(min)) {
        min = value;
      }
      if (max == null || max.lt_b(value)) {
        max = value;
      }
    }
  }

  private static Bounds bounds(Varargs all) {
    Bounds bounds = new Bounds();
    bounds.min = bound(all.arg1(), "invalid min");
    bounds.max = bound(all.arg(2), "invalid max");
    if (all.arg(2).lt_b(all.arg1())) {
      throw Raised.at("invalid bounds");
    }
    return bounds;
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
