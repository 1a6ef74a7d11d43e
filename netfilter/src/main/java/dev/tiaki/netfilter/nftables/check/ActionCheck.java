package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.rule.Action;
import dev.tiaki.netfilter.nftables.rule.Composite;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.LogFlag;
import dev.tiaki.netfilter.nftables.rule.LogLevel;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.QueueFlag;
import dev.tiaki.netfilter.nftables.rule.Selector;
import dev.tiaki.netfilter.nftables.rule.Statement;
import dev.tiaki.netfilter.nftables.rule.Value;
import dev.tiaki.netfilter.nftables.version.Feature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that act on the packet. */
final class ActionCheck {
  private static final int LONGEST_PREFIX = 127;

  private final Scope scope;
  private final ExpressionCheck expressions;
  private final Places places;
  private final NatCheck nat;
  private final MangleCheck mangle;

  ActionCheck(Scope scope, ExpressionCheck expressions, Places places) {
    this.scope = scope;
    this.expressions = expressions;
    this.places = places;
    this.nat = new NatCheck(scope, expressions, places);
    this.mangle = new MangleCheck(scope, expressions, places);
  }

  void check(Action action, Pointer at) {
    switch (action) {
      case Action.Mangle(Expression key, Expression value) ->
          mangle.check(key, value, at.at("mangle"));
      case Action.NoTrack() -> ipOnly("notrack", at);
      case Action.Nat translation -> nat.check(translation, at.at(translation.kind().word()));
      case Action.Reject reject ->
          new RejectCheck(scope, expressions).check(reject, at.at("reject"));
      case Action.Log log -> log(log, at.at("log"));
      case Action.Queue queue -> queue(queue, at.at("queue"));
      case Action.Forward forward -> forward(forward, at.at("fwd"));
      case Action.Duplicate(Expression address, Expression device) ->
          duplicate(address, device, at.at("dup"));
      case Action.SetUpdate update ->
          update(update.element(), update.set(), update.statements(), "set", at.at("set"));
      case Action.MapUpdate update -> {
        scope.need(Feature.MAP_STATEMENT, at);
        update(update.element(), update.map(), update.statements(), "map", at.at("map"));
      }
      case Action.Meter meter -> meter(meter, at.at("meter"));
      case Action.FlowOffload(String flowtable) -> {
        ipOnly("flow", at);
        Names.check(flowtable, at.at("flow").at("flowtable"));
      }
      case Action.TransparentProxy proxy -> nat.transparentProxy(proxy, at.at("tproxy"));
      case Action.SynProxy proxy -> synProxy(proxy, at.at("synproxy"));
      case Action.ResetOption(Expression option) -> resetOption(option, at.at("reset"));
    }
  }

  private void ipOnly(String statement, Pointer at) {
    if (scope.family() == NftFamily.ARP || scope.family() == NftFamily.BRIDGE) {
      throw new Refusal(at, "\"" + statement + "\" needs IPv4 or IPv6");
    }
  }

  private static void log(Action.Log log, Pointer at) {
    String prefix = log.prefix();
    if (prefix != null && prefix.getBytes(StandardCharsets.UTF_8).length > LONGEST_PREFIX) {
      throw new Refusal(at.at("prefix"), "a prefix has 127 octets at most");
    }
    Integer group = log.group();
    if (group != null && (group < 0 || group > 0xffff)) {
      throw new Refusal(at.at("group"), "0 to 65535 is expected, not " + group);
    }
    Long length = log.snapLength();
    if (length != null && (length < 0 || length > StateCheck.UNSIGNED_INT)) {
      throw new Refusal(at.at("snaplen"), "a number of 32 bits is expected");
    }
    Integer threshold = log.queueThreshold();
    if (threshold != null && (threshold < 0 || threshold > 0xffff)) {
      throw new Refusal(at.at("queue-threshold"), "0 to 65535 is expected, not " + threshold);
    }
    boolean isToGroup = group != null || length != null || threshold != null;
    List<LogFlag> flags = log.flags();
    if (isToGroup && (log.level() != null || !flags.isEmpty())) {
      throw new Refusal(at, "a log group has neither level nor flags");
    }
    if (log.level() == LogLevel.AUDIT && (prefix != null || !flags.isEmpty())) {
      throw new Refusal(at.at("level"), "\"audit\" allows no other option");
    }
  }

  private void queue(Action.Queue queue, Pointer at) {
    Expression number = queue.number();
    boolean isRange = number instanceof Value.Range;
    if (queue.flags().contains(QueueFlag.FANOUT) && !isRange) {
      throw new Refusal(at.at("flags"), "fanout needs a range of queues");
    }
    if (number != null) {
      places.check(number, Places.STATEMENT, at.at("num"));
      Typed typed = expressions.check(number, Typed.runtime(Datatypes.INTEGER, 16), at.at("num"));
      boolean fits =
          switch (typed.kind()) {
            case VALUE, RANGE, RUNTIME, MAP -> true;
            case PREFIX, SET, REFERENCE, CONCATENATION, VERDICT, WILDCARD -> false;
          };
      if (!fits) {
        throw new Refusal(at.at("num"), "a number, a range, a map or a hash is expected");
      }
    }
  }

  private void forward(Action.Forward forward, Pointer at) {
    if (scope.family() != NftFamily.NETDEV) {
      throw new Refusal(at, "fwd is for the netdev family");
    }
    device(forward.device(), at.at("dev"));
    NftFamily family = forward.family();
    Expression address = forward.address();
    if ((family == null) != (address == null)) {
      throw new Refusal(at, "family and addr belong together");
    }
    if (family != null && address != null) {
      value(address, NatCheck.address(family, at.at("family")), at.at("addr"));
    }
  }

  private void device(Expression device, Pointer at) {
    value(device, Typed.runtime(Datatypes.DEVICE, 32), at);
  }

  /** Checks the argument of a statement: one value of a type. */
  private void value(Expression value, Typed like, Pointer at) {
    places.check(value, Places.STATEMENT, at);
    MangleCheck.argument(expressions.check(value, like, at), like, scope, at);
  }

  private void duplicate(Expression address, @Nullable Expression device, Pointer at) {
    switch (scope.family()) {
      case IP, IP6 -> {
        value(address, NatCheck.address(scope.family(), at), at.at("addr"));
        if (device != null) {
          device(device, at.at("dev"));
        }
      }
      case NETDEV -> {
        if (device != null) {
          throw new Refusal(at.at("dev"), "in the netdev family addr is the device");
        }
        device(address, at.at("addr"));
      }
      case INET, ARP, BRIDGE -> throw new Refusal(at, "dup is for ip, ip6 and netdev");
    }
  }

  private void update(
      Expression element, String name, List<Statement> inner, String key, Pointer at) {
    Names.check(name, at.at(key));
    places.check(element, Places.SET_ELEMENT, at.at("elem"));
    keyed(element, scope.sets().get(name), at.at("elem"));
    for (int i = 0; i < inner.size(); i++) {
      new StateCheck(expressions).check(inner.get(i), at.at("stmt").at(i));
    }
  }

  /** Checks an element that a rule makes; tells whether it is the same for each packet. */
  private boolean keyed(Expression element, @Nullable Typed like, Pointer at) {
    if (element instanceof Composite.Element properties && properties.comment() != null) {
      throw new Refusal(at.at("elem").at("comment"), "an element that a rule makes has no comment");
    }
    if (like == null && isConstant(element)) {
      // Only the set knows its type.
      return true;
    }
    Typed typed = expressions.check(element, like, at);
    boolean isNumber = typed.kind() == Typed.Kind.RUNTIME && typed.type().isPlain();
    if (like != null && !isNumber && typed.kind() != Typed.Kind.CONCATENATION) {
      ExpressionCheck.same(typed, like, at);
    }
    return typed.isConstant();
  }

  private static boolean isConstant(Expression element) {
    return switch (element) {
      case Value _ -> true;
      case Composite.Element properties -> isConstant(properties.value());
      case Composite.Concatenation(List<Expression> parts) ->
          parts.stream().anyMatch(ActionCheck::isConstant);
      default -> false;
    };
  }

  private void meter(Action.Meter meter, Pointer at) {
    Names.check(meter.name(), at.at("name"));
    places.check(meter.key(), Places.SET_ELEMENT, at.at("key"));
    if (keyed(meter.key(), null, at.at("key"))) {
      throw new Refusal(at.at("key"), "a constant key");
    }
    new StateCheck(expressions).check(meter.statement(), at.at("stmt"));
    Long size = meter.size();
    if (size != null && (size < 0 || size > StateCheck.UNSIGNED_INT)) {
      throw new Refusal(at.at("size"), "a number of 32 bits is expected");
    }
  }

  private void synProxy(Action.SynProxy proxy, Pointer at) {
    ipOnly("synproxy", at);
    synProxy(proxy.segmentSize(), proxy.windowScale(), at);
  }

  static void synProxy(@Nullable Integer segmentSize, @Nullable Integer windowScale, Pointer at) {
    if (segmentSize != null && (segmentSize < 0 || segmentSize > 0xffff)) {
      throw new Refusal(at.at("mss"), "0 to 65535 is expected, not " + segmentSize);
    }
    if (windowScale != null && (windowScale < 0 || windowScale > 14)) {
      throw new Refusal(at.at("wscale"), "0 to 14 is expected, not " + windowScale);
    }
  }

  private void resetOption(Expression option, Pointer at) {
    boolean isWhole = option instanceof Selector.TcpOption(String _, String field) && field == null;
    if (!isWhole && !(option instanceof Selector.RawTcpOption)) {
      throw new Refusal(at, "a TCP option is expected, without a field");
    }
    expressions.check(option, null, at);
  }
}
