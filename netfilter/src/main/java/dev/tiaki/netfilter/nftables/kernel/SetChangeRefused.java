package dev.tiaki.netfilter.nftables.kernel;

import dev.tiaki.netfilter.netlink.Errno;
import java.io.IOException;
import java.util.List;

/** The kernel refused one of several changes of sets, and did none of them. */
public final class SetChangeRefused extends IOException {
  private static final long serialVersionUID = 1L;

  private final int change;
  private final int element;
  private final int errno;

  SetChangeRefused(int change, int element, List<SetElement> culprit, KernelSet set, int errno) {
    super(
        "change %d of %s, element %d%s: %s (%s)"
            .formatted(
                change,
                set,
                element,
                culprit.isEmpty() ? "" : " " + culprit.getFirst().key(),
                Errno.text(errno),
                Errno.name(errno)));
    this.change = change;
    this.element = element;
    this.errno = errno;
  }

  /** Returns which of the changes it is, from 0. */
  public int change() {
    return change;
  }

  /** Returns which element of the change it is, from 0; the first of some where it is not known. */
  public int element() {
    return element;
  }

  /** Returns the positive error number. */
  public int errno() {
    return errno;
  }
}
