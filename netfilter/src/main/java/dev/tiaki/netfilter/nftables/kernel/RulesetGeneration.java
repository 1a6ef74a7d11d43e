package dev.tiaki.netfilter.nftables.kernel;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import dev.tiaki.netfilter.netlink.NetlinkRequests;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;

/**
 * The kernel's number of a ruleset. Every transaction that changes anything raises it, whoever made
 * it, so that two equal readings prove that nothing was changed between them.
 */
public final class RulesetGeneration implements AutoCloseable {
  private final NetlinkRequests requests;

  private RulesetGeneration(NetlinkRequests requests) {
    this.requests = requests;
  }

  /**
   * Opens the one of a network namespace.
   *
   * @throws IOException when that is not possible
   */
  public static RulesetGeneration open(NetworkNamespace namespace) throws IOException {
    return new RulesetGeneration(new NetlinkRequests(namespace));
  }

  /**
   * Returns the number, 32 bits.
   *
   * @throws IOException when the kernel refuses, as without CAP_NET_ADMIN
   */
  public long read() throws IOException {
    return read(requests);
  }

  static long read(NetlinkRequests requests) throws IOException {
    long[] read = new long[1];
    requests.execute(
        "nf_tables generation",
        writer ->
            writer.begin(NfTables.GET_GENERATION, NfTables.REQUEST_ACK).netfilter(0, 0, 0).end(),
        messages -> read[0] = id(messages));
    return read[0];
  }

  private static long id(NetlinkMessages messages) {
    AttributeCursor cursor = messages.attributes(new AttributeCursor());
    while (cursor.next()) {
      if (cursor.type() == NfTables.GENERATION_ID) {
        return cursor.number();
      }
    }
    return 0;
  }

  @Override
  public void close() {
    requests.close();
  }
}
