package dev.tiaki.netfilter.nftables.kernel;

import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.MessageWriter;
import dev.tiaki.netfilter.netlink.Netlink;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.netlink.NetlinkTransactions;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of sets that the kernel carries out all together or not at all. Made for one use by one
 * thread.
 */
public final class SetChanges {
  /**
   * An attribute's length has 16 bits; an element with all it can have needs 300 octets of them.
   */
  private static final int ELEMENTS_PER_MESSAGE = 200;

  private static final int ELEMENTS = 3;
  private static final int ATTEMPTS = 10;

  private final NetlinkTransactions transactions;
  private final List<Part> parts = new ArrayList<>();
  private long generation = NetlinkTransactions.ANY_GENERATION;
  private int changes;

  /** One message: some of the elements of one change. */
  private record Part(
      int change, KernelSet set, int type, int flags, List<SetElement> elements, int first) {
    void write(MessageWriter writer) {
      KernelSets.elements(writer, type, flags | Netlink.ACK, set.description());
      if (!elements.isEmpty()) {
        boolean isKeyOnly = type == NfTables.DELETE_ELEMENTS;
        long nest = writer.beginNest(ELEMENTS);
        for (int i = 0; i < elements.size(); i++) {
          set.codec().write(writer, elements.get(i), isKeyOnly);
        }
        writer.endNest(nest);
      }
      writer.end();
    }

    Part only(int index) {
      return new Part(change, set, type, flags, List.of(elements.get(index)), first + index);
    }
  }

  SetChanges(NetlinkTransactions transactions) {
    this.transactions = transactions;
  }

  /** Adds elements; those that are there already stay. */
  public SetChanges add(KernelSet set, List<SetElement> elements) {
    return split(set, NfTables.NEW_ELEMENTS, Netlink.CREATE, elements);
  }

  /** Adds elements, and fails when one is there already. */
  public SetChanges create(KernelSet set, List<SetElement> elements) {
    return split(set, NfTables.NEW_ELEMENTS, Netlink.CREATE | Netlink.EXCLUSIVE, elements);
  }

  /** Deletes elements by their keys, and fails when one is not there. */
  public SetChanges delete(KernelSet set, List<SetElement> elements) {
    return split(set, NfTables.DELETE_ELEMENTS, 0, elements);
  }

  /** Deletes all elements. */
  public SetChanges flush(KernelSet set) {
    parts.add(new Part(changes++, set, NfTables.DELETE_ELEMENTS, 0, List.of(), 0));
    return this;
  }

  /**
   * Carries the changes out only if nobody changed the ruleset since it had this number; else
   * {@link #run} fails with ERESTART.
   */
  public SetChanges onlyIf(long number) {
    generation = number;
    return this;
  }

  private SetChanges split(KernelSet set, int type, int flags, List<SetElement> elements) {
    for (int at = 0; at < elements.size(); at += ELEMENTS_PER_MESSAGE) {
      int end = Math.min(at + ELEMENTS_PER_MESSAGE, elements.size());
      parts.add(new Part(changes, set, type, flags, elements.subList(at, end), at));
    }
    changes++;
    return this;
  }

  /**
   * Carries them out. Clashes with changes of others are tried again unless {@link #onlyIf} was
   * called.
   *
   * @throws SetChangeRefused when the kernel refuses one of them; none was done
   * @throws NetlinkException when the batch as such is refused
   * @throws IllegalArgumentException when a key does not fit its set
   */
  public void run() throws SetChangeRefused, NetlinkException {
    if (parts.isEmpty()) {
      return;
    }
    int[] errnos = attempt(parts, false);
    for (int i = 0; i < errnos.length; i++) {
      if (errnos[i] != 0) {
        throw refused(parts.get(i), errnos[i]);
      }
    }
  }

  private int[] attempt(List<Part> tried, boolean isDryRun) throws NetlinkException {
    for (int attempt = 1; ; attempt++) {
      try {
        return transactions.run(
            "nf_tables set elements",
            generation,
            isDryRun,
            tried.size(),
            (writer, index) -> tried.get(index).write(writer));
      } catch (NetlinkException e) {
        boolean isClash =
            e.errno() == Errno.ERESTART || e.errno() == Errno.EAGAIN || e.errno() == Errno.EINTR;
        if (!isClash || generation != NetlinkTransactions.ANY_GENERATION || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The kernel names the message; which of its elements it is, tells a try of each alone. */
  private SetChangeRefused refused(Part part, int errno) throws NetlinkException {
    if (part.elements().size() < 2) {
      return new SetChangeRefused(part.change(), part.first(), part.elements(), part.set(), errno);
    }
    List<Part> alone = new ArrayList<>();
    for (int i = 0; i < part.elements().size(); i++) {
      alone.add(part.only(i));
    }
    int[] errnos = attempt(alone, true);
    for (int i = 0; i < errnos.length; i++) {
      if (errnos[i] != 0) {
        return new SetChangeRefused(
            part.change(), alone.get(i).first(), alone.get(i).elements(), part.set(), errnos[i]);
      }
    }
    return new SetChangeRefused(part.change(), part.first(), List.of(), part.set(), errno);
  }
}
