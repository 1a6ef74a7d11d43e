package dev.tiaki.cli.kernelrules;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What there was of one table of iptables before our rule came.
 *
 * @param family nftables' family: ip or ip6
 * @param table the table's name
 * @param existed whether it was there
 * @param chains the base chains that it had
 */
record TableBefore(String family, String table, boolean existed, List<String> chains) {
  private static final String ABSENT = "absent";

  /** Returns one line that {@link #of} reads. */
  String words() {
    String rest =
        existed ? chains.stream().map(c -> " " + c).collect(Collectors.joining()) : " " + ABSENT;
    return family + " " + table + rest;
  }

  /** Reads what {@link #words} wrote. */
  static TableBefore of(String words) {
    List<String> parts = List.of(words.split(" ", -1));
    boolean existed = !parts.contains(ABSENT);
    return new TableBefore(
        parts.get(0), parts.get(1), existed, existed ? parts.subList(2, parts.size()) : List.of());
  }
}
