package dev.tiaki.netfilter.nftables.json;

import dev.tiaki.netfilter.nftables.model.StatefulObject;
import dev.tiaki.netfilter.nftables.rule.LimitUnit;
import java.io.IOException;
import java.util.Map;

/** Stateful objects as JSON. */
final class StatefulObjectWriter {
  private final JsonOutput out;

  StatefulObjectWriter(JsonOutput out) {
    this.out = out;
  }

  /** Writes the properties. */
  void write(StatefulObject object) throws IOException {
    ObjectWriter.identity(out, object.identity());
    out.text("comment", object.comment());
    switch (object) {
      case StatefulObject.Counter counter -> {
        out.number("packets", counter.packets());
        out.number("bytes", counter.bytes());
      }
      case StatefulObject.Quota quota -> {
        out.number("bytes", quota.bytes());
        out.number("used", quota.used());
        out.isTrue("inv", quota.isOver());
      }
      case StatefulObject.Limit limit -> limit(limit);
      case StatefulObject.CtHelper helper -> {
        out.text("type", helper.type());
        out.text("protocol", helper.protocol());
        out.word("l3proto", helper.networkFamily());
      }
      case StatefulObject.CtTimeout timeout -> timeout(timeout);
      case StatefulObject.CtExpectation expectation -> {
        out.text("protocol", expectation.protocol());
        out.word("l3proto", expectation.networkFamily());
        out.number("dport", expectation.port());
        out.number("timeout", expectation.timeoutMillis());
        out.number("size", expectation.size());
      }
      case StatefulObject.SynProxy proxy -> {
        out.number("mss", proxy.segmentSize());
        out.number("wscale", proxy.windowScale());
        out.flags("flags", proxy.flags());
      }
      case StatefulObject.SecurityMark mark -> out.text("context", mark.context());
      case StatefulObject.Tunnel tunnel -> out.number("id", tunnel.id());
    }
    out.extras(object.extras());
  }

  private void limit(StatefulObject.Limit limit) throws IOException {
    out.number("rate", limit.rate());
    if (limit.unit() != LimitUnit.PACKETS) {
      out.word("rate_unit", limit.unit());
    }
    out.word("per", limit.period());
    out.number("burst", limit.burst());
    if (limit.burst() != null && limit.unit() != LimitUnit.PACKETS) {
      out.word("burst_unit", limit.burstUnit());
    }
    out.isTrue("inv", limit.isOver());
  }

  private void timeout(StatefulObject.CtTimeout timeout) throws IOException {
    out.text("protocol", timeout.protocol());
    out.word("l3proto", timeout.networkFamily());
    Map<String, Long> policy = timeout.policy();
    if (policy != null) {
      out.open("policy");
      for (Map.Entry<String, Long> state : policy.entrySet()) {
        out.number(state.getKey(), state.getValue());
      }
      out.close();
    }
  }
}
