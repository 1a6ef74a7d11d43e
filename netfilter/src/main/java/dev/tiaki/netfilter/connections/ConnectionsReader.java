package dev.tiaki.netfilter.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Counters;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The action {@code conntrack}: rows by protocol and state, zones and a limit when asked. */
final class ConnectionsReader {
  private final Conntrack conntrack;
  private final ConnectionsSettings settings;

  ConnectionsReader(Conntrack conntrack, ConnectionsSettings settings) {
    this.conntrack = conntrack;
    this.settings = settings;
  }

  ObjectNode read(JsonNode input, Instant now) throws IOException {
    String protocol = input.path("protocol").asText("");
    String state = input.path("state").asText("");
    long limit = input.path("limit").asLong(0);
    List<Flow> flows = flows(protocol, state);
    if (limit > 0) {
      flows.sort(heaviestFirst(flows));
      flows = flows.subList(0, (int) Math.min(limit, flows.size()));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode rows = json.putArray("connections");
    boolean expand = isTrue(input.path("expand"));
    boolean ids = isTrue(input.path("ids"));
    Map<InetAddress, String> zones = new HashMap<>();
    for (Flow flow : flows) {
      ObjectNode row = ConnectionRow.of(flow, now);
      if (expand) {
        ConnectionRow.zones(row, flow, address -> zones.computeIfAbsent(address, settings.zones()));
      }
      if (ids && flow.id() != Flow.ABSENT) {
        row.put(ConnectionRow.ENTRY_ID, Long.toString(flow.id()));
      }
      rows.add(row);
    }
    return json;
  }

  private List<Flow> flows(String protocol, String state) throws IOException {
    List<Flow> flows = new ArrayList<>();
    try (Stream<Flow> dump = conntrack.dump(kernelFilter(protocol))) {
      dump.filter(flow -> isAsked(flow, protocol, state)).forEach(flows::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return flows;
  }

  private static Filter kernelFilter(String protocol) {
    int number = protocol.matches("[a-z]\\w*") ? IpProtocol.number(protocol) : -1;
    return number < 0 ? Filter.ALL : Filter.ALL.protocol(number);
  }

  /** Names and states are compared exactly, as the kernel's text file writes them. */
  private static boolean isAsked(Flow flow, String protocol, String state) {
    return (protocol.isEmpty() || protocol.equals(IpProtocol.name(flow.protocol())))
        && (state.isEmpty() || state.equals(ConnectionRow.state(flow)));
  }

  private static Comparator<Flow> heaviestFirst(List<Flow> flows) {
    boolean counted = flows.stream().anyMatch(flow -> flow.originalCounters() != null);
    return counted
        ? Comparator.comparingLong(ConnectionsReader::allBytes).reversed()
        : Comparator.comparingLong(Flow::timeoutSeconds).reversed();
  }

  private static long allBytes(Flow flow) {
    return bytes(flow.originalCounters()) + bytes(flow.replyCounters());
  }

  private static long bytes(@Nullable Counters counters) {
    return counters == null ? 0 : counters.bytes();
  }

  /** What Perl takes for true: neither missing nor null, false, 0, "0" or "". */
  private static boolean isTrue(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return false;
    }
    String text = node.asText();
    return !text.isEmpty() && !text.equals("0") && !text.equals("false");
  }
}
