package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.SocketProgram;
import org.jspecify.annotations.Nullable;

/**
 * The part of a filter that the kernel applies to events, before they wake the reader: the status
 * bits. Every condition is checked again on each flow; this only spares waking and copying.
 */
final class EventProgram {
  /** Where attributes begin: behind {@code nlmsghdr} and {@code nfgenmsg}. */
  private static final int ATTRIBUTES = 20;

  private static final int ATTRIBUTE_HEADER = 4;

  private EventProgram() {}

  /** Returns the program of a filter, or null when it has no condition on the status. */
  static @Nullable SocketProgram of(Filter filter) {
    for (Condition condition : filter.conditions()) {
      if (condition instanceof Condition.StatusBits status && status.mask() != 0) {
        return of(status);
      }
    }
    return null;
  }

  /** Events without a status, of another kernel, pass. */
  private static SocketProgram of(Condition.StatusBits status) {
    return new SocketProgram()
        .attribute(ATTRIBUTES, CtAttribute.STATUS)
        .passIfZero()
        .loadBehind(ATTRIBUTE_HEADER)
        .mask(status.mask())
        .passIfEqual(status.bits())
        .refuse();
  }
}
