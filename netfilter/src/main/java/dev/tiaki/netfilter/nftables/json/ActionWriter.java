package dev.tiaki.netfilter.nftables.json;

import dev.tiaki.netfilter.nftables.rule.Action;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NatKind;
import dev.tiaki.netfilter.nftables.rule.Statement;
import java.io.IOException;
import java.util.List;

/** Statements that act on the packet, as JSON: each is one property. */
final class ActionWriter {
  private final JsonOutput out;
  private final StatementWriter statements;

  ActionWriter(JsonOutput out, StatementWriter statements) {
    this.out = out;
    this.statements = statements;
  }

  private ExpressionWriter expressions() {
    return statements.expressions();
  }

  void write(Action action) throws IOException {
    switch (action) {
      case Action.Mangle(Expression key, Expression value) -> {
        out.open("mangle");
        expressions().property("key", key);
        expressions().property("value", value);
        out.close();
      }
      case Action.NoTrack() -> out.none("notrack");
      case Action.Nat nat -> nat(nat);
      case Action.Reject reject -> reject(reject);
      case Action.Log log -> log(log);
      case Action.Queue queue -> queue(queue);
      case Action.Forward(Expression device, var family, Expression address) -> {
        out.open("fwd");
        expressions().property("dev", device);
        out.word("family", family);
        expressions().property("addr", address);
        out.close();
      }
      case Action.Duplicate(Expression address, Expression device) -> {
        out.open("dup");
        expressions().property("addr", address);
        expressions().property("dev", device);
        out.close();
      }
      case Action.SetUpdate update -> setUpdate(update);
      case Action.MapUpdate update -> mapUpdate(update);
      case Action.Meter meter -> meter(meter);
      case Action.FlowOffload(String flowtable) -> {
        out.open("flow");
        out.text("op", "add");
        out.text("flowtable", "@" + flowtable);
        out.close();
      }
      case Action.TransparentProxy proxy -> transparentProxy(proxy);
      case Action.SynProxy proxy -> synProxy(proxy);
      case Action.ResetOption(Expression option) -> expressions().property("reset", option);
    }
  }

  private void nat(Action.Nat nat) throws IOException {
    boolean isEmpty = nat.address() == null && nat.port() == null && nat.flags().isEmpty();
    if (isEmpty && (nat.kind() == NatKind.MASQUERADE || nat.kind() == NatKind.REDIRECT)) {
      out.none(nat.kind().word());
      return;
    }
    out.open(nat.kind().word());
    out.word("family", nat.family());
    expressions().property("addr", nat.address());
    expressions().property("port", nat.port());
    out.flags("flags", nat.flags());
    out.flags("type_flags", nat.typeFlags());
    out.close();
  }

  private void reject(Action.Reject reject) throws IOException {
    if (reject.type() == null && reject.code() == null) {
      out.none("reject");
      return;
    }
    out.open("reject");
    out.word("type", reject.type());
    expressions().property("expr", reject.code());
    out.close();
  }

  private void log(Action.Log log) throws IOException {
    if (log.equals(new Action.Log(null, null, null, null, null, List.of()))) {
      out.none("log");
      return;
    }
    out.open("log");
    out.text("prefix", log.prefix());
    out.number("group", log.group());
    out.number("snaplen", log.snapLength());
    out.number("queue-threshold", log.queueThreshold());
    out.word("level", log.level());
    out.flags("flags", log.flags());
    out.close();
  }

  private void queue(Action.Queue queue) throws IOException {
    if (queue.number() == null && queue.flags().isEmpty()) {
      out.none("queue");
      return;
    }
    out.open("queue");
    expressions().property("num", queue.number());
    out.flags("flags", queue.flags());
    out.close();
  }

  private void setUpdate(Action.SetUpdate update) throws IOException {
    out.open("set");
    out.word("op", update.operation());
    expressions().property("elem", update.element());
    out.text("set", "@" + update.set());
    inner(update.statements());
    out.close();
  }

  private void mapUpdate(Action.MapUpdate update) throws IOException {
    out.open("map");
    out.word("op", update.operation());
    expressions().property("elem", update.element());
    expressions().property("data", update.data());
    out.text("map", "@" + update.map());
    inner(update.statements());
    out.close();
  }

  private void inner(List<Statement> inner) throws IOException {
    if (!inner.isEmpty()) {
      out.json().writeFieldName("stmt");
      statements.list(inner);
    }
  }

  private void meter(Action.Meter meter) throws IOException {
    out.open("meter");
    expressions().property("key", meter.key());
    out.json().writeFieldName("stmt");
    statements.write(meter.statement());
    out.number("size", meter.size());
    out.text("name", meter.name());
    out.close();
  }

  private void transparentProxy(Action.TransparentProxy proxy) throws IOException {
    out.open("tproxy");
    out.word("family", proxy.family());
    expressions().property("addr", proxy.address());
    expressions().property("port", proxy.port());
    out.close();
  }

  private void synProxy(Action.SynProxy proxy) throws IOException {
    if (proxy.segmentSize() == null && proxy.windowScale() == null && proxy.flags().isEmpty()) {
      out.none("synproxy");
      return;
    }
    out.open("synproxy");
    out.number("mss", proxy.segmentSize());
    out.number("wscale", proxy.windowScale());
    out.flags("flags", proxy.flags());
    out.close();
  }
}
