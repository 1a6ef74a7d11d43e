package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.NetlinkDump;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a flush can be left to the kernel: only what it compares exactly, and only conditions
 * that this kernel knows. Families and tuples are not among them: old kernels pass over the family
 * of a flush, and a tuple that goes wrong flushes everything.
 */
final class KernelFlush {
  /** What a kernel made of each condition of a filter. */
  enum Answer {
    /** It knows all of them. */
    UNDERSTOOD,
    /** It passes over one. */
    NOT_UNDERSTOOD,
    /** No flow meets one of them. */
    NOTHING_THERE
  }

  private enum Kind {
    MARK,
    STATUS,
    ZONE
  }

  private KernelFlush() {}

  /** Tells whether every condition is one that the kernel compares, each kind at most once. */
  static boolean isExact(Filter filter) {
    List<@Nullable Kind> kinds = new ArrayList<>();
    filter.conditions().forEach(condition -> kinds.add(kind(condition)));
    Set<Kind> different = EnumSet.noneOf(Kind.class);
    for (Kind kind : kinds) {
      if (kind == null || !different.add(kind)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Kind kind(Condition condition) {
    return switch (condition) {
      case Condition.Mark _ -> Kind.MARK;
      case Condition.StatusBits status -> status.mask() == 0 ? null : Kind.STATUS;
      case Condition.InZone _ -> Kind.ZONE;
      default -> null;
    };
  }

  /** Asks the kernel by a dump of each condition alone. */
  static Answer ask(NetworkNamespace namespace, Filter filter) throws IOException {
    for (Condition condition : filter.conditions()) {
      Filter alone = Filter.ALL.and(condition);
      try (NetlinkDump dump =
          new NetlinkDump(
              "conntrack dump", namespace, writer -> ConntrackRequest.dump(writer, alone, false))) {
        if (!dump.next()) {
          return Answer.NOTHING_THERE;
        }
        if (!dump.isFiltered()) {
          return Answer.NOT_UNDERSTOOD;
        }
      }
    }
    return Answer.UNDERSTOOD;
  }
}
