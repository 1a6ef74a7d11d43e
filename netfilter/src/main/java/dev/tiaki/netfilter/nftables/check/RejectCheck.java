package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.rule.Action;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.RejectType;
import dev.tiaki.netfilter.nftables.rule.Value;
import org.jspecify.annotations.Nullable;

/** Refusals of packets: which answer each family knows. */
final class RejectCheck {
  private final Scope scope;
  private final ExpressionCheck expressions;

  RejectCheck(Scope scope, ExpressionCheck expressions) {
    this.scope = scope;
    this.expressions = expressions;
  }

  void check(Action.Reject reject, Pointer at) {
    if (scope.family() == NftFamily.ARP) {
      throw new Refusal(at, "ARP cannot be answered");
    }
    RejectType type = reject.type();
    Expression code = reject.code();
    if (type == null) {
      if (code != null) {
        throw new Refusal(at, "property \"type\" is missing");
      }
      return;
    }
    switch (type) {
      case TCP_RESET -> reset(code, at);
      case ICMP -> message("ip", "icmp_code", code, at);
      case ICMPV6 -> message("ip6", "icmpv6_code", code, at);
      case ICMPX -> {
        if (scope.family() == NftFamily.IP || scope.family() == NftFamily.IP6) {
          throw new Refusal(at.at("type"), "icmpx is for families of IPv4 and IPv6 at once");
        }
        if (code == null) {
          throw new Refusal(at, "property \"expr\" is missing: without it nft 1.0.6 ends");
        }
        code("icmpx_code", code, at);
      }
    }
  }

  private void reset(@Nullable Expression code, Pointer at) {
    if (code != null) {
      throw new Refusal(at.at("expr"), "a TCP reset has no code");
    }
    scope.layers().header("tcp", at);
  }

  private void message(String network, String codes, @Nullable Expression code, Pointer at) {
    String known = scope.layers().network();
    if (known != null && !known.equals(network)) {
      throw new Refusal(at.at("type"), "conflicting protocols: " + known + " and " + network);
    }
    code(codes, code, at);
  }

  private void code(String type, @Nullable Expression code, Pointer at) {
    if (code == null) {
      return;
    }
    if (!(code instanceof Value.Text || code instanceof Value.Int)) {
      throw new Refusal(at.at("expr"), "a code is expected");
    }
    expressions.check(code, Typed.runtime(Datatypes.get(type), 8), at.at("expr"));
  }
}
