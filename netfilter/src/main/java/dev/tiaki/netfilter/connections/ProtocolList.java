package dev.tiaki.netfilter.connections;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The protocols with their states, as {@code protocols} lists them. */
final class ProtocolList {
  private static final List<String> SCTP =
      List.of(
          "CLOSED",
          "COOKIE_WAIT",
          "COOKIE_ECHOED",
          "ESTABLISHED",
          "NONE",
          "SHUTDOWN_SENT",
          "SHUTDOWN_RECD",
          "SHUTDOWN_ACK_SENT");
  private static final List<String> TCP =
      List.of(
          "CLOSE",
          "CLOSE_WAIT",
          "ESTABLISHED",
          "FIN_WAIT",
          "LAST_ACK",
          "LISTEN",
          "NONE",
          "SYN_SENT",
          "SYN_RECV",
          "TIME_WAIT");

  private ProtocolList() {}

  static ObjectNode json(boolean corrected) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode protocols = json.putObject("protocols");
    put(protocols, "udp", corrected ? List.of() : SCTP);
    put(protocols, "tcp", TCP);
    if (corrected) {
      put(protocols, "sctp", SCTP);
    }
    put(protocols, "icmp", List.of());
    return json;
  }

  private static void put(ObjectNode protocols, String name, List<String> states) {
    ArrayNode array = protocols.putArray(name);
    states.forEach(array::add);
  }
}
