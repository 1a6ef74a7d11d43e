package dev.tiaki.netfilter.nftables.kernel;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import dev.tiaki.netfilter.netlink.NetlinkRequests;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import java.io.IOException;

/**
 * What a named counter has counted.
 *
 * @param packets that came by
 * @param bytes in them, with their network headers
 */
public record CounterValue(long packets, long bytes) {
  private static final int TABLE = 1;
  private static final int NAME = 2;
  private static final int TYPE = 3;
  private static final int DATA = 4;
  private static final int COUNTER = 1;
  private static final int BYTES = 1;
  private static final int PACKETS = 2;

  static CounterValue ask(
      NetlinkRequests requests, NftFamily family, String table, String name, int message)
      throws IOException {
    CounterValue[] found = {new CounterValue(0, 0)};
    requests.execute(
        "counter " + family.word() + " " + table + " " + name,
        writer ->
            NfTables.begin(writer, message, NfTables.REQUEST_ACK, family)
                .text(TABLE, table)
                .text(NAME, name)
                .u32(TYPE, COUNTER)
                .end(),
        messages -> found[0] = read(messages));
    return found[0];
  }

  private static CounterValue read(NetlinkMessages messages) {
    AttributeCursor attributes = messages.attributes(new AttributeCursor());
    long packets = 0;
    long bytes = 0;
    while (attributes.next()) {
      AttributeCursor data =
          attributes.type() == DATA
              ? attributes.into(new AttributeCursor())
              : new AttributeCursor();
      while (data.next()) {
        switch (data.type()) {
          case BYTES -> bytes = data.number();
          case PACKETS -> packets = data.number();
          default -> {} // padding
        }
      }
    }
    return new CounterValue(packets, bytes);
  }
}
