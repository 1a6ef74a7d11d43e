package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.model.NamedSet;
import dev.tiaki.netfilter.nftables.model.SetDatatype;
import dev.tiaki.netfilter.nftables.model.SetFlag;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.ObjectType;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.rule.Word;
import dev.tiaki.netfilter.nftables.version.Feature;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets and maps with names. */
final class SetCheck {
  private final NftVersion version;

  SetCheck(NftVersion version) {
    this.version = version;
  }

  /** Checks a set and returns the type of its keys. */
  Typed check(NamedSet set, Pointer at) {
    Scope scope = Scope.of(version, set.family(), null, Map.of());
    ExpressionCheck expressions = new ExpressionCheck(scope);
    Typed key = type(set.type(), expressions, at.at("type"));
    features(set, at);
    numbers(set, at);
    for (int i = 0; i < set.statements().size(); i++) {
      new StateCheck(expressions).check(set.statements().get(i), at.at("stmt").at(i));
    }
    several(set.statements(), at);
    SetDatatype data = set.data();
    Typed value = data == null ? null : data(data, expressions, at.at("map"));
    elements(set, key, value, expressions, at.at("elem"));
    return key;
  }

  private void several(List<Statement> statements, Pointer at) {
    if (statements.size() > 1 && !Feature.DYNAMIC_FLAG.isIn(version)) {
      throw new Refusal(at.at("stmt").at(1), "nftables 1.0.6 reads the first statement only");
    }
  }

  private void features(NamedSet set, Pointer at) {
    if (set.flags().contains(SetFlag.DYNAMIC)) {
      Scope.need(version, Feature.DYNAMIC_FLAG, at.at("flags"));
    }
    if (set.autoMerge()) {
      Scope.need(version, Feature.AUTO_MERGE, at.at("auto-merge"));
      if (!set.flags().contains(SetFlag.INTERVAL)) {
        throw new Refusal(at.at("auto-merge"), "auto-merge needs the flag interval");
      }
    }
    SetElementCheck.comment(set.comment(), at.at("comment"));
  }

  private static void numbers(NamedSet set, Pointer at) {
    SetElementCheck.seconds(set.timeoutSeconds(), at.at("timeout"));
    SetElementCheck.seconds(set.gcIntervalSeconds(), at.at("gc-interval"));
    if (set.gcIntervalSeconds() != null && !hasTimeout(set)) {
      throw new Refusal(at.at("gc-interval"), "gc-interval needs the flag timeout");
    }
    Long size = set.size();
    if (size != null && (size < 0 || size > StateCheck.UNSIGNED_INT)) {
      throw new Refusal(at.at("size"), "a number of 32 bits is expected");
    }
  }

  private static boolean hasTimeout(NamedSet set) {
    return set.flags().contains(SetFlag.TIMEOUT) || set.timeoutSeconds() != null;
  }

  private Typed type(SetDatatype datatype, ExpressionCheck expressions, Pointer at) {
    return switch (datatype) {
      case SetDatatype.TypeOf(Expression expression) -> {
        Scope.need(version, Feature.TYPEOF, at);
        yield expressions.check(expression, null, at.at("typeof"));
      }
      case SetDatatype.Named(List<String> names) -> named(names, at);
    };
  }

  private static Typed named(List<String> names, Pointer at) {
    List<Typed> parts = new ArrayList<>(names.size());
    for (String name : names) {
      Datatype type = Datatypes.key(name);
      if (type == null || type.bits() == 0) {
        throw new Refusal(at, "\"" + Symbols.shown(name) + "\" is no datatype of keys");
      }
      parts.add(Typed.runtime(type, type.bits()));
    }
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    Datatype type = Datatypes.concatenation(parts);
    return new Typed(Typed.Kind.CONCATENATION, type, type.bits(), null, null, parts);
  }

  /** Returns the type of the data of a map; objects are told by name. */
  private Typed data(SetDatatype datatype, ExpressionCheck expressions, Pointer at) {
    if (datatype instanceof SetDatatype.Named(List<String> names) && names.size() == 1) {
      String name = names.getFirst();
      if (name.equals("verdict")) {
        return Typed.runtime(Datatypes.VERDICT, 0);
      }
      if (Word.find(ObjectType.class, name) != null) {
        return Typed.runtime(Datatypes.get("string"), 0);
      }
    }
    if (datatype instanceof SetDatatype.Named(List<String> names) && names.size() > 1) {
      Scope.need(version, Feature.CONCATENATED_DATA, at);
    }
    return type(datatype, expressions, at);
  }

  private static void elements(
      NamedSet set, Typed key, @Nullable Typed value, ExpressionCheck expressions, Pointer at) {
    new Places(expressions.scope().version()).set(set.elements(), Places.ANYWHERE, at);
    boolean isInterval = set.flags().contains(SetFlag.INTERVAL);
    List<Typed> keys = new ArrayList<>(set.elements().size());
    for (int i = 0; i < set.elements().size(); i++) {
      Expression element = set.elements().get(i);
      Typed typed = element(element, key, value, expressions.elements(), at.at(i));
      if (typed.isSpan() && !isInterval) {
        throw new Refusal(at.at(i), "an interval needs the flag interval of the set");
      }
      timeout(element, set, at.at(i));
      keys.add(typed);
    }
    if (isInterval && !set.autoMerge()) {
      Overlaps.refuse(keys, at);
    }
  }

  private static void timeout(Expression element, NamedSet set, Pointer at) {
    Expression key = element instanceof Composite.Pair pair ? pair.key() : element;
    if (key instanceof Composite.Element properties
        && properties.timeoutSeconds() != null
        && !hasTimeout(set)) {
      throw new Refusal(at, "a timeout needs the flag timeout of the set");
    }
  }

  private static Typed element(
      Expression element, Typed key, @Nullable Typed value, SetElementCheck check, Pointer at) {
    if (element instanceof Composite.Pair pair) {
      if (value == null) {
        throw new Refusal(at, "a pair is allowed in a map only");
      }
      Typed typed = check.pair(pair, key, value, at);
      if (pair.value() instanceof Value.Range || pair.value() instanceof Value.Prefix) {
        throw new Refusal(at.at(1), "one value is expected");
      }
      return typed;
    }
    if (value != null) {
      throw new Refusal(at, "a map holds pairs");
    }
    return check.key(element, key, at);
  }
}
