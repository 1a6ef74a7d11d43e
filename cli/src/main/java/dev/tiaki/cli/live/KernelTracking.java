package dev.tiaki.cli.live;

import dev.tiaki.cli.inline.MarkPlan;
import dev.tiaki.netfilter.conntrack.ConntrackOptions;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.FlowUpdate;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the kernel's connection tracking needs to be while traffic is guarded, and what it is put
 * back to: our mark bits cleared from every entry, and windows not enforced ({@code
 * nf_conntrack_tcp_be_liberal}), since edits make the two ends of a connection count differently
 * and the kernel sees both counts.
 */
final class KernelTracking implements AutoCloseable {
  private static final Path LIBERAL =
      Path.of("/proc/sys/net/netfilter/nf_conntrack_tcp_be_liberal");

  private final MarkPlan marks;
  private final String liberalBefore;

  private KernelTracking(MarkPlan marks, String liberalBefore) {
    this.marks = marks;
    this.liberalBefore = liberalBefore;
  }

  /**
   * Prepares it.
   *
   * @throws IOException when the kernel refuses
   */
  static KernelTracking prepare(MarkPlan marks) throws IOException {
    clear(marks);
    String before = Files.isReadable(LIBERAL) ? Files.readString(LIBERAL).strip() : "";
    KernelTracking tracking = new KernelTracking(marks, before);
    if (before.equals("0")) {
      Files.writeString(LIBERAL, "1");
    }
    return tracking;
  }

  private static void clear(MarkPlan marks) throws IOException {
    long used = Integer.toUnsignedLong(marks.used());
    try (KernelConntrack conntrack = KernelConntrack.open(ConntrackOptions.DEFAULTS)) {
      for (int bit : new int[] {marks.bypass(), marks.drop(), marks.skip()}) {
        long mark = Integer.toUnsignedLong(bit);
        conntrack.updateAll(Filter.ALL.mark(mark, mark), FlowUpdate.mark(0, used));
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (liberalBefore.equals("0")) {
      Files.writeString(LIBERAL, "0");
    }
    clear(marks);
  }
}
