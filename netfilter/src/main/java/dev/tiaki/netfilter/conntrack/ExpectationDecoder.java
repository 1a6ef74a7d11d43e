package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import org.jspecify.annotations.Nullable;

/** Makes expectations of messages; reusable, for one thread. */
final class ExpectationDecoder {
  private final AttributeCursor cursor = new AttributeCursor();
  private final TupleCodec tuples = new TupleCodec();

  @Nullable Expectation decode(NetlinkMessages message) {
    long[] numbers = new long[10];
    Tuple master = null;
    Tuple tuple = null;
    Tuple mask = null;
    String helper = null;
    message.attributes(cursor);
    while (cursor.next()) {
      int type = cursor.type();
      switch (type) {
        case ExpectationRequest.MASTER -> master = tuples.read(cursor);
        case ExpectationRequest.TUPLE -> tuple = tuples.read(cursor);
        case ExpectationRequest.MASK -> mask = tuples.read(cursor);
        case ExpectationRequest.HELPER -> helper = cursor.text();
        case 4, 5, 7, 8, 9 -> numbers[type] = cursor.number();
        default -> {}
      }
    }
    return master == null || tuple == null
        ? null
        : new Expectation(
            master,
            tuple,
            mask,
            numbers[4],
            numbers[5],
            helper,
            (int) numbers[7],
            numbers[8],
            numbers[9]);
  }
}
