package dev.tiaki.netfilter.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.netfilter.conntrack.ConntrackEvent;
import dev.tiaki.netfilter.conntrack.Counters;
import dev.tiaki.netfilter.conntrack.CpuStats;
import dev.tiaki.netfilter.conntrack.Expectation;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.Timestamps;
import dev.tiaki.netfilter.conntrack.TransportKey;
import dev.tiaki.netfilter.conntrack.Tuple;
import org.jspecify.annotations.Nullable;

/** Flows and events as JSON objects: numbers are numbers, what is not known has no key. */
public final class FlowJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private FlowJson() {}

  /** Returns the object of {@code flow}. */
  public static ObjectNode of(Flow flow) {
    ObjectNode json = JSON.objectNode();
    number(json, "id", flow.id());
    json.put("family", flow.family().word());
    json.put("protocol", IpProtocol.name(flow.protocol()));
    json.put("protocol_number", flow.protocol());
    number(json, "timeout", flow.timeoutSeconds());
    if (flow.protocolInfo() != null) {
      json.put("state", flow.stateName());
    }
    json.set("original", tuple(flow.original(), flow.originalCounters()));
    json.set("reply", tuple(flow.reply(), flow.replyCounters()));
    ArrayNode status = json.putArray("status");
    flow.status().names().forEach(status::add);
    number(json, "mark", flow.mark());
    json.put("zone", flow.zone());
    number(json, "use", flow.use());
    rare(json, flow);
    return json;
  }

  private static void rare(ObjectNode json, Flow flow) {
    Timestamps times = flow.timestamps();
    if (times != null) {
      json.put("start_nanos", times.startNanos());
      if (times.stopNanos() != 0) {
        json.put("stop_nanos", times.stopNanos());
      }
    }
    if (flow.helper() != null) {
      json.put("helper", flow.helper());
    }
    Tuple master = flow.master();
    if (master != null) {
      json.set("master", tuple(master, null));
    }
    if (flow.labels() != null) {
      ArrayNode labels = json.putArray("labels");
      flow.labels().bits().stream().forEach(labels::add);
    }
    if (flow.securityContext() != null) {
      json.put("security_context", flow.securityContext());
    }
  }

  private static void number(ObjectNode json, String key, long value) {
    if (value != Flow.ABSENT) {
      json.put(key, value);
    }
  }

  private static ObjectNode tuple(Tuple tuple, @Nullable Counters counters) {
    ObjectNode json = JSON.objectNode();
    json.put("src", FlowText.address(tuple.source()));
    json.put("dst", FlowText.address(tuple.destination()));
    switch (tuple.key()) {
      case TransportKey.Ports(int source, int destination) -> {
        boolean gre = tuple.protocol() == IpProtocol.GRE;
        json.put(gre ? "srckey" : "sport", source);
        json.put(gre ? "dstkey" : "dport", destination);
      }
      case TransportKey.Icmp(int type, int code, int id) ->
          json.put("type", type).put("code", code).put("id", id);
      case TransportKey.None _ -> {}
    }
    if (tuple.zone() != Tuple.NO_ZONE) {
      json.put("zone", tuple.zone());
    }
    if (counters != null) {
      json.put("packets", counters.packets()).put("bytes", counters.bytes());
    }
    return json;
  }

  /** Returns the object of {@code event}: {@code event}, then what it is about. */
  public static ObjectNode of(ConntrackEvent event) {
    ObjectNode json = JSON.objectNode();
    switch (event) {
      case ConntrackEvent.Created(Flow flow, boolean synthetic, int portId) ->
          change(json, "new", flow, synthetic, portId);
      case ConntrackEvent.Updated(Flow flow, boolean synthetic, int portId) ->
          change(json, "update", flow, synthetic, portId);
      case ConntrackEvent.Destroyed(Flow flow, boolean synthetic, int portId) ->
          change(json, "destroy", flow, synthetic, portId);
      case ConntrackEvent.ExpectationCreated(Expectation expectation, int portId) ->
          change(json, "expectation_new", expectation, portId);
      case ConntrackEvent.ExpectationDestroyed(Expectation expectation, int portId) ->
          change(json, "expectation_destroy", expectation, portId);
      case ConntrackEvent.Overrun(long times) -> json.put("event", "overrun").put("times", times);
      case ConntrackEvent.Resynchronised(long entries) ->
          json.put("event", "resynchronised").put("entries", entries);
      case ConntrackEvent.OldFlowsAreSilent(long flows) ->
          json.put("event", "old_flows_are_silent").put("flows", flows);
      case ConntrackEvent.Failed(String reason) ->
          json.put("event", "failed").put("reason", reason);
    }
    return json;
  }

  private static void change(
      ObjectNode json, String word, Flow flow, boolean synthetic, int portId) {
    json.put("event", word);
    if (synthetic) {
      json.put("synthetic", true);
    }
    if (portId != 0) {
      json.put("port_id", Integer.toUnsignedLong(portId));
    }
    json.setAll(of(flow));
  }

  private static void change(ObjectNode json, String word, Expectation expectation, int portId) {
    json.put("event", word);
    if (portId != 0) {
      json.put("port_id", Integer.toUnsignedLong(portId));
    }
    json.setAll(of(expectation));
  }

  /** Returns the object of one processor's counters. */
  public static ObjectNode of(CpuStats stats) {
    return JSON.objectNode()
        .put("cpu", stats.cpu())
        .put("found", stats.found())
        .put("invalid", stats.invalid())
        .put("insert", stats.insert())
        .put("insert_failed", stats.insertFailed())
        .put("drop", stats.drop())
        .put("early_drop", stats.earlyDrop())
        .put("error", stats.error())
        .put("search_restart", stats.searchRestart())
        .put("clash_resolve", stats.clashResolve())
        .put("chaintoolong", stats.chainTooLong());
  }

  /** Returns the object of an expectation. */
  public static ObjectNode of(Expectation expectation) {
    ObjectNode json = JSON.objectNode();
    json.put("id", expectation.id());
    json.put("timeout", expectation.timeoutSeconds());
    if (expectation.helper() != null) {
      json.put("helper", expectation.helper());
    }
    json.put("zone", expectation.zone());
    json.set("expected", tuple(expectation.tuple(), null));
    json.set("master", tuple(expectation.master(), null));
    return json;
  }
}
