package dev.tiaki.netfilter.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.netfilter.conntrack.ChangeSummary;
import dev.tiaki.netfilter.conntrack.Condition;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.ConntrackNotFound;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.IpLiteral;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The action {@code connection} of delete: all flows whose original direction is the one named, in
 * every zone; or the one entry whose id is given. All fields are checked before anything is
 * deleted.
 */
final class ConnectionsDeleter {
  private static final long MAX_ID = 0xffff_ffffL;

  private final Conntrack conntrack;
  private final List<ApiErrors.BadField> bad = new ArrayList<>();
  private final ObjectNode input;

  ConnectionsDeleter(Conntrack conntrack, ObjectNode input) {
    this.conntrack = conntrack;
    this.input = input;
  }

  /**
   * Deletes; returns the fields that cannot be used, in which case nothing was deleted.
   *
   * @throws ConntrackNotFound when no flow matches
   */
  List<ApiErrors.BadField> delete() throws IOException {
    Filter filter = filter();
    if (!bad.isEmpty()) {
      return bad;
    }
    ChangeSummary summary = conntrack.deleteAll(filter);
    if (summary.done() == 0) {
      throw new ConntrackNotFound(input.toString());
    }
    return List.of();
  }

  /** With an id nothing else is required; a protocol or address that is there must be met too. */
  private Filter filter() {
    if (input.path(ConnectionRow.ENTRY_ID).isMissingNode()) {
      return tupleFilter();
    }
    Filter filter = Filter.ALL;
    long id = entryId();
    if (input.has("protocol")) {
      filter = filter.protocol(protocol());
    }
    InetAddress source = input.has("src") ? address("src") : null;
    filter = source == null ? filter : filter.source(source);
    InetAddress destination = input.has("dst") ? address("dst") : null;
    filter = destination == null ? filter : filter.destination(destination);
    return filter.and(new Condition.WithId(id));
  }

  private long entryId() {
    if (isMissing(ConnectionRow.ENTRY_ID)) {
      return -1;
    }
    String text = text(ConnectionRow.ENTRY_ID);
    if (text.matches("\\d{1,10}") && Long.parseLong(text) <= MAX_ID) {
      return Long.parseLong(text);
    }
    reject(ConnectionRow.ENTRY_ID, "not_an_id");
    return -1;
  }

  private Filter tupleFilter() {
    int protocol = protocol();
    InetAddress source = address("src");
    InetAddress destination = address("dst");
    boolean ports = protocol >= 0 && IpProtocol.hasPorts(protocol);
    // without a known protocol ports can be wrong, but not missing
    boolean required = protocol == IpProtocol.TCP || protocol == IpProtocol.UDP;
    int sourcePort = ports ? port("sport", required) : -1;
    int destinationPort = ports ? port("dport", required) : -1;
    Filter filter = Filter.ALL.protocol(protocol);
    if (source != null && destination != null) {
      filter = filter.source(source).destination(destination);
    }
    if (sourcePort >= 0) {
      filter = filter.sourcePort(sourcePort);
    }
    return destinationPort >= 0 ? filter.destinationPort(destinationPort) : filter;
  }

  private String text(String name) {
    JsonNode node = input.path(name);
    return node.isValueNode() && !node.isNull() ? node.asText() : "";
  }

  private boolean isMissing(String name) {
    JsonNode node = input.path(name);
    boolean missing =
        node.isMissingNode() || node.isNull() || (node.isTextual() && node.asText().isEmpty());
    if (missing) {
      bad.add(new ApiErrors.BadField(name, "", "required"));
    }
    return missing;
  }

  private void reject(String name, String error) {
    JsonNode node = input.path(name);
    bad.add(
        new ApiErrors.BadField(name, node.isValueNode() ? node.asText() : node.toString(), error));
  }

  private int protocol() {
    if (isMissing("protocol")) {
      return -1;
    }
    int number = IpProtocol.number(text("protocol"));
    if (number < 0) {
      reject("protocol", "unknown_protocol");
    }
    return number;
  }

  private @Nullable InetAddress address(String name) {
    if (isMissing(name)) {
      return null;
    }
    try {
      JsonNode node = input.path(name);
      if (node.isTextual()) {
        return IpLiteral.parse(node.asText());
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    reject(name, "not_an_address");
    return null;
  }

  /** A port as a JSON number or as text; -1 when there is none. */
  private int port(String name, boolean required) {
    if (!required && input.path(name).isMissingNode()) {
      return -1;
    }
    if (isMissing(name)) {
      return -1;
    }
    String text = text(name);
    if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 0xffff) {
      return Integer.parseInt(text);
    }
    reject(name, "not_a_port");
    return -1;
  }
}
