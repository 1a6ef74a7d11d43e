package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import org.jspecify.annotations.Nullable;

/** Makes expectations of messages; reusable, for one thread. */
final class ExpectationDecoder {
  private static final int MASTER = 1;
  private static final int TUPLE = 2;
  private static final int MASK = 3;
  private static final int HELPER = 6;

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
        case MASTER -> master = tuples.read(cursor);
        case TUPLE -> tuple = tuples.read(cursor);
        case MASK -> mask = tuples.read(cursor);
        case HELPER -> helper = cursor.text();
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
