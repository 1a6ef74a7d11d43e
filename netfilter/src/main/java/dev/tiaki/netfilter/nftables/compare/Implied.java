package dev.tiaki.netfilter.nftables.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaves out the matches that others imply. To look at {@code tcp dport} the kernel must know that
 * the packet is TCP, so nftables adds {@code meta l4proto tcp} and hides it again in listings,
 * written by hand or not.
 */
final class Implied {
  private static final Map<Long, String> TRANSPORT =
      Map.of(
          1L, "icmp", 6L, "tcp", 17L, "udp", 33L, "dccp", 51L, "ah", 58L, "icmpv6", 108L, "comp",
          132L, "sctp", 136L, "udplite");
  private static final Map<String, Set<String>> NETWORK =
      Map.of(
          "ip",
          Set.of("ip", "icmp", "igmp"),
          "ip6",
          Set.of("ip6", "icmpv6"),
          "arp",
          Set.of("arp"),
          "vlan",
          Set.of("vlan"),
          "8021q",
          Set.of("vlan"));
  private static final List<String> ECHO =
      List.of("[\"echo-reply\",\"echo-request\"]", "[\"echo-request\",\"echo-reply\"]");

  private Implied() {}

  static ArrayNode without(ArrayNode statements) {
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < statements.size(); i++) {
      JsonNode match = statements.get(i).path("match");
      Set<String> behind = new HashSet<>();
      for (int j = i + 1; j < statements.size(); j++) {
        protocols(statements.get(j), behind);
      }
      if (!isImplied(match, behind)) {
        kept.add(statements.get(i));
      }
    }
    return kept;
  }

  /** Collects the protocols whose headers, options or addresses a statement looks at. */
  private static void protocols(JsonNode node, Set<String> found) {
    JsonNode payload = node.path("payload");
    if (payload.isObject()) {
      found.add(payload.path("protocol").asText());
      if (Set.of("id", "sequence").contains(payload.path("field").asText())) {
        found.add(payload.path("protocol").asText() + " echo");
      }
    }
    if (node.has("tcp option") || node.path("reject").path("type").asText().equals("tcp reset")) {
      found.add("tcp");
    }
    String address = node.path("ct").path("key").asText();
    if (address.startsWith("ip6")) {
      found.add("ip6");
    } else if (address.startsWith("ip ")) {
      found.add("ip");
    } else if (address.equals("saddr") || address.equals("daddr")) {
      found.add("address");
    }
    node.forEach(child -> protocols(child, found));
  }

  private static boolean isImplied(JsonNode match, Set<String> behind) {
    if (!match.path("op").asText().equals("==")) {
      return false;
    }
    JsonNode left = match.path("left");
    JsonNode right = match.path("right");
    String meta = left.path("meta").path("key").asText();
    String field = left.path("payload").path("field").asText();
    String header = left.path("payload").path("protocol").asText();
    if (meta.equals("l4proto") || field.equals("protocol") || field.equals("nexthdr")) {
      return behind.contains(TRANSPORT.getOrDefault(right.asLong(-1), "none"));
    }
    if (meta.equals("nfproto")) {
      String name = right.asLong() == 2 ? "ip" : right.asLong() == 10 ? "ip6" : "none";
      return behind.contains("address") || isAny(NETWORK.getOrDefault(name, Set.of()), behind);
    }
    if (meta.equals("protocol") || (header.equals("ether") && field.equals("type"))) {
      return isAny(NETWORK.getOrDefault(right.asText(), Set.of()), behind);
    }
    if (meta.equals("iiftype")) {
      return right.asText().equals("ether") && isAny(Set.of("ether", "vlan"), behind);
    }
    return field.equals("type")
        && behind.contains(header + " echo")
        && ECHO.contains(right.path("set").toString());
  }

  private static boolean isAny(Set<String> some, Set<String> behind) {
    return some.stream().anyMatch(behind::contains);
  }
}
