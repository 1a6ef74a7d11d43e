package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.NetlinkMessages;

/** Reads the answers about the table as a whole. */
final class StatsDecoder {
  private static final int CPU_FIELDS = 16;

  private StatsDecoder() {}

  /** Puts each number at the place of its attribute's type. */
  static void into(long[] numbers, NetlinkMessages message, AttributeCursor cursor) {
    message.attributes(cursor);
    while (cursor.next()) {
      if (cursor.type() < numbers.length) {
        numbers[cursor.type()] = cursor.number();
      }
    }
  }

  static CpuStats cpu(NetlinkMessages message) {
    long[] n = new long[CPU_FIELDS];
    into(n, message, new AttributeCursor());
    return new CpuStats(
        message.resourceId(), n[2], n[4], n[8], n[9], n[10], n[11], n[12], n[13], n[14], n[15]);
  }
}
