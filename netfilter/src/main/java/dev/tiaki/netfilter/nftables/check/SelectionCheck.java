package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.model.ObjectKind;
import dev.tiaki.netfilter.nftables.model.Selection;
import dev.tiaki.netfilter.nftables.model.SelectionKind;
import dev.tiaki.netfilter.nftables.model.Target;
import dev.tiaki.netfilter.nftables.version.Feature;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.EnumSet;
import java.util.Set;

/** What commands name: which kinds each command knows, and what is needed to tell one. */
final class SelectionCheck {
  private static final Set<SelectionKind> LISTED =
      EnumSet.of(
          SelectionKind.RULESET,
          SelectionKind.TABLE,
          SelectionKind.TABLES,
          SelectionKind.CHAIN,
          SelectionKind.CHAINS,
          SelectionKind.SET,
          SelectionKind.SETS,
          SelectionKind.MAP,
          SelectionKind.MAPS,
          SelectionKind.METER,
          SelectionKind.METERS,
          SelectionKind.COUNTER,
          SelectionKind.COUNTERS,
          SelectionKind.QUOTA,
          SelectionKind.QUOTAS,
          SelectionKind.LIMIT,
          SelectionKind.CT_HELPER,
          SelectionKind.CT_HELPERS,
          SelectionKind.FLOWTABLES,
          SelectionKind.SECMARK,
          SelectionKind.SECMARKS);
  private static final Set<SelectionKind> FLUSHED =
      EnumSet.of(
          SelectionKind.RULESET,
          SelectionKind.TABLE,
          SelectionKind.CHAIN,
          SelectionKind.SET,
          SelectionKind.MAP,
          SelectionKind.METER);
  private static final Set<SelectionKind> BY_TABLE =
      EnumSet.of(
          SelectionKind.COUNTERS,
          SelectionKind.CT_HELPERS,
          SelectionKind.RULES,
          SelectionKind.TUNNELS);
  private static final NftVersion LIMITS_LISTED = new NftVersion(1, 1, 2);

  private final NftVersion version;

  SelectionCheck(NftVersion version) {
    this.version = version;
  }

  void list(Selection selection, Pointer at) {
    Pointer inside = at.at(selection.kind().word());
    switch (selection.kind()) {
      case CT_TIMEOUT, CT_EXPECTATION ->
          throw new Refusal(inside, "nftables takes it for something else and lists that");
      case LIMITS -> {
        if (!version.isAtLeast(LIMITS_LISTED)) {
          throw new Refusal(inside, "nft 1.0.6 ends when it lists limits");
        }
      }
      case TUNNEL, TUNNELS -> Scope.need(version, Feature.TUNNEL, inside);
      default -> among(LISTED, selection, "listed", inside);
    }
    named(selection, inside);
  }

  private static void among(
      Set<SelectionKind> kinds, Selection selection, String what, Pointer at) {
    if (!kinds.contains(selection.kind())) {
      throw new Refusal(at, "this cannot be " + what);
    }
  }

  void flush(Selection selection, Pointer at) {
    Pointer inside = at.at(selection.kind().word());
    among(FLUSHED, selection, "flushed", inside);
    named(selection, inside);
  }

  void reset(Selection selection, Pointer at) {
    Pointer inside = at.at(selection.kind().word());
    switch (selection.kind()) {
      case COUNTER, COUNTERS, QUOTA, QUOTAS -> {}
      case RULE, RULES -> Scope.need(version, Feature.RESET_RULES, inside);
      case SET, MAP, ELEMENT -> Scope.need(version, Feature.RESET_SETS, inside);
      default -> throw new Refusal(inside, "this cannot be reset");
    }
    named(selection, inside);
  }

  private static void named(Selection selection, Pointer at) {
    switch (selection.kind()) {
      case RULESET, TABLES, CHAINS, SETS, MAPS, METERS, FLOWTABLES -> several(selection, at);
      case COUNTERS, QUOTAS, LIMITS, SECMARKS, RULES, TUNNELS -> several(selection, at);
      case CT_HELPERS, CT_TIMEOUTS, CT_EXPECTATIONS, SYNPROXYS -> {
        require(selection.family() != null, "family", at);
        require(selection.table() != null, "table", at);
      }
      case TABLE -> {
        require(selection.family() != null, "family", at);
        require(selection.table() != null, "name", at);
      }
      case RULE -> {
        one(selection, "chain", at);
        require(selection.handle() != null, "handle", at);
      }
      default -> one(selection, "name", at);
    }
    names(selection, at);
  }

  private static void names(Selection selection, Pointer at) {
    String table = selection.table();
    if (table != null) {
      Names.check(table, at.at(selection.kind() == SelectionKind.TABLE ? "name" : "table"));
    }
    String name = selection.name();
    if (name != null) {
      Names.check(name, at.at("name"));
    }
  }

  private static void several(Selection selection, Pointer at) {
    if (selection.table() != null && !BY_TABLE.contains(selection.kind())) {
      throw new Refusal(at.at("table"), "nftables passes over the table here");
    }
    if (selection.name() != null && selection.kind() != SelectionKind.RULES) {
      throw new Refusal(at.at("name"), "nftables passes over the name here");
    }
  }

  private static void one(Selection selection, String name, Pointer at) {
    require(selection.family() != null, "family", at);
    require(selection.table() != null, "table", at);
    require(selection.name() != null, name, at);
  }

  static void require(boolean isThere, String key, Pointer at) {
    if (!isThere) {
      throw new Refusal(at, "property \"" + key + "\" is missing");
    }
  }

  /** Checks what a delete command names. */
  void target(Target.Reference target, Pointer at) {
    Pointer inside = at.at(target.kind().word());
    if (!target.extras().properties().isEmpty()) {
      String key = target.extras().properties().keySet().iterator().next();
      throw new Refusal(inside.at(key), "what is deleted is told by name or handle only");
    }
    switch (target.kind()) {
      case CT_TIMEOUT, CT_EXPECTATION -> {
        if (!Feature.CT_EXPECTATION.isIn(version)) {
          throw new Refusal(inside, "nft 1.0.6 ends when it deletes this");
        }
      }
      case SYNPROXY -> Scope.need(version, Feature.SYNPROXY_OBJECT, inside);
      case TUNNEL -> Scope.need(version, Feature.TUNNEL, inside);
      case CT_HELPER -> require(target.name() != null, "name", inside);
      case RULE -> require(target.handle() != null, "handle", inside);
      case TABLE, CHAIN, SET, MAP, ELEMENT, FLOWTABLE, COUNTER, QUOTA, LIMIT, SECMARK -> {}
    }
    boolean isTable = target.kind() == ObjectKind.TABLE;
    boolean isTold =
        target.handle() != null || (isTable ? target.table() != null : target.name() != null);
    if (!isTold) {
      throw new Refusal(inside, "a name or a handle is missing");
    }
    String table = target.table();
    if (table != null) {
      Names.check(table, inside.at(isTable ? "name" : "table"));
    }
    String name = target.name();
    if (name != null) {
      Names.check(name, inside.at(target.kind() == ObjectKind.RULE ? "chain" : "name"));
    }
  }
}
