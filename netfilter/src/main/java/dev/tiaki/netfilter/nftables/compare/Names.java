package dev.tiaki.netfilter.nftables.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What names stand for, by what they are compared with. */
final class Names {
  /** IANA's protocol numbers, as nftables names them. */
  private static final Map<String, Integer> PROTOCOLS =
      numbers(
          "icmp 1 igmp 2 tcp 6 udp 17 dccp 33 gre 47 esp 50 ah 51 icmpv6 58 ipv6-icmp 58 comp 108"
              + " ipcomp 108 sctp 132 udplite 136");

  /** {@code linux/netfilter/nf_conntrack_common.h}. */
  private static final Map<String, Integer> STATES =
      numbers("invalid 1 established 2 related 4 new 8 untracked 64");

  private static final Map<String, Integer> STATUSES =
      numbers("expected 1 seen-reply 2 assured 4 confirmed 8 snat 16 dnat 32 dying 512");

  private static final Map<String, Integer> TCP_FLAGS =
      numbers("fin 1 syn 2 rst 4 psh 8 ack 16 urg 32 ecn 64 cwr 128");

  /** RFC 2474, 2597, 3246, 5865, 8622. */
  private static final Map<String, Integer> DSCP =
      numbers(
          "cs0 0 cs1 8 cs2 16 cs3 24 cs4 32 cs5 40 cs6 48 cs7 56 df 0 be 0 lephb 1 af11 10 af12 12"
              + " af13 14 af21 18 af22 20 af23 22 af31 26 af32 28 af33 30 af41 34 af42 36 af43 38"
              + " va 44 ef 46");

  private static final Map<String, Integer> FAMILIES = numbers("ipv4 2 ipv6 10");

  private static final Set<String> NEXT_HEADERS = Set.of("protocol", "nexthdr");

  private Names() {}

  private static Map<String, Integer> numbers(String words) {
    String[] pairs = words.split(" ", -1);
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      numbers.put(pairs[i], Integer.parseInt(pairs[i + 1]));
    }
    return Map.copyOf(numbers);
  }

  /** Returns the names that a selector's values have. */
  static Map<String, Integer> of(JsonNode left) {
    JsonNode selector = left.has("&") ? left.path("&").path(0) : left;
    String field = selector.path("payload").path("field").asText();
    String header = selector.path("payload").path("protocol").asText();
    if (header.equals("tcp") && field.equals("flags")) {
      return TCP_FLAGS;
    }
    if (field.equals("dscp")) {
      return DSCP;
    }
    if (NEXT_HEADERS.contains(field)
        || selector.path("exthdr").path("field").asText().equals("nexthdr")) {
      return PROTOCOLS;
    }
    return switch (selector.path("meta").path("key").asText()) {
      case "l4proto" -> PROTOCOLS;
      case "nfproto" -> FAMILIES;
      default ->
          switch (selector.path("ct").path("key").asText()) {
            case "state" -> STATES;
            case "status" -> STATUSES;
            case "protocol" -> PROTOCOLS;
            default -> Map.of();
          };
    };
  }

  /** Tells whether a selector's value is a set of flags, of which several may be set. */
  static boolean isBits(JsonNode left) {
    Map<String, Integer> names = of(left);
    return names == STATES || names == STATUSES || names == TCP_FLAGS;
  }
}
