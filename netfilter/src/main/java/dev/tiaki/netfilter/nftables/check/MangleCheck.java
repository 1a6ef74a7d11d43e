package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.rule.CtKey;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.MetaKey;
import dev.tiaki.netfilter.nftables.rule.Selector;
import dev.tiaki.netfilter.nftables.version.Feature;
import java.util.Set;

/** Changes of the packet, its metadata and its connection. */
final class MangleCheck {
  private static final Set<MetaKey> META =
      Set.of(
          MetaKey.MARK,
          MetaKey.PRIORITY,
          MetaKey.PKTTYPE,
          MetaKey.NFTRACE,
          MetaKey.SECMARK,
          MetaKey.BROUTE);
  private static final Set<CtKey> CONNECTION =
      Set.of(CtKey.MARK, CtKey.EVENT, CtKey.LABEL, CtKey.ZONE, CtKey.SECMARK, CtKey.HELPER);
  private static final Set<String> WITH_CHECKSUM =
      Set.of("ip", "icmp", "icmpv6", "igmp", "tcp", "udp", "sctp");

  private final Scope scope;
  private final ExpressionCheck expressions;
  private final Places places;

  MangleCheck(Scope scope, ExpressionCheck expressions, Places places) {
    this.scope = scope;
    this.expressions = expressions;
    this.places = places;
  }

  void check(Expression key, Expression value, Pointer at) {
    places.check(key, Places.MANGLED, at.at("key"));
    places.check(value, Places.STATEMENT, at.at("value"));
    changeable(key, at.at("key"));
    Typed target = expressions.check(key, null, at.at("key"));
    Typed typed = expressions.check(value, target, at.at("value"));
    argument(typed, target, scope, at.at("value"));
    if (typed.isSpan()) {
      throw new Refusal(at.at("value"), "one value is expected; with several nft 1.0.6 ends");
    }
    if (value instanceof Selector.Payload && typed.type().isPlain()) {
      sameLength(typed, target, at.at("value"));
    }
    if (key instanceof Selector.Payload payload && !typed.isConstant()) {
      wholeOctets(payload, target, at.at("value"));
    }
    boolean isSecurityMark =
        (key instanceof Selector.Meta(MetaKey meta) && meta == MetaKey.SECMARK)
            || (key instanceof Selector.Ct(CtKey ct, var _) && ct == CtKey.SECMARK);
    if (isSecurityMark && typed.isConstant()) {
      throw new Refusal(at.at("value"), "a security mark is no constant");
    }
  }

  private void sameLength(Typed value, Typed target, Pointer at) {
    boolean isMark = target.type().name().equals("mark");
    if (value.bits() != target.bits()
        && !(isMark && Feature.MARK_FROM_OTHER_TYPES.isIn(scope.version()))) {
      throw new Refusal(at, target.bits() + " bits are expected, not " + value.bits());
    }
  }

  private static void changeable(Expression key, Pointer at) {
    boolean isChangeable =
        switch (key) {
          case Selector.Payload _, Selector.RawPayload _ -> true;
          case Selector.TcpOption(String _, String field) -> field != null;
          case Selector.Meta(MetaKey meta) -> META.contains(meta);
          case Selector.Ct(CtKey ct, var _) -> CONNECTION.contains(ct);
          default -> false;
        };
    if (!isChangeable) {
      throw new Refusal(at, "this cannot be changed");
    }
  }

  /** Before 1.1.2 a field that is written together with its neighbours must become a constant. */
  private void wholeOctets(Selector.Payload payload, Typed target, Pointer at) {
    boolean isPart = target.bits() % 8 != 0;
    boolean isOdd = target.bits() / 8 % 2 != 0 && WITH_CHECKSUM.contains(payload.protocol());
    if (isPart || isOdd) {
      scope.need(Feature.VARIABLE_OPERANDS, at);
    }
  }

  /** Refuses an argument of a statement that is no value of the type expected. */
  static void argument(Typed value, Typed like, Scope scope, Pointer at) {
    if (value.kind() == Typed.Kind.SET || value.kind() == Typed.Kind.REFERENCE) {
      throw new Refusal(at, "a set is no value");
    }
    if (value.kind() == Typed.Kind.RUNTIME && value.type().isPlain()) {
      return;
    }
    boolean isMark = like.type().name().equals("mark") && value.type().isNumeric();
    if (!value.type().name().equals(like.type().name())
        && !(isMark && Feature.MARK_FROM_OTHER_TYPES.isIn(scope.version()))) {
      ExpressionCheck.same(value, like, at);
    }
  }
}
