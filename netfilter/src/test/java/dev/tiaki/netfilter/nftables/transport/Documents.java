package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.model.NftDocument;

/** Documents as tests write them. */
final class Documents {
  private Documents() {}

  /** Reads items, with {@code '} for quotes. */
  static NftDocument of(String... items) {
    return NftReader.lenient().read(json(items)).orThrow();
  }

  static String json(String... items) {
    return "{\"nftables\": [" + String.join(", ", items).replace('\'', '"') + "]}";
  }

  static String table(String family, String name) {
    return "{'add': {'table': {'family': '%s', 'name': '%s'}}}".formatted(family, name);
  }

  static String chain(String family, String table, String name) {
    return "{'add': {'chain': {'family': '%s', 'table': '%s', 'name': '%s'}}}"
        .formatted(family, table, name);
  }

  static String rule(String family, String table, String chain, String... statements) {
    return "{'add': {'rule': {'family': '%s', 'table': '%s', 'chain': '%s', 'expr': [%s]}}}"
        .formatted(family, table, chain, String.join(", ", statements));
  }

  static String tcpPort(int port) {
    return ("{'match': {'op': '==', 'left': {'payload': {'protocol': 'tcp', 'field': 'dport'}},"
            + " 'right': %d}}")
        .formatted(port);
  }
}
