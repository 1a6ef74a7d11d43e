package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.Errno;

/**
 * How many entries a change of many met.
 *
 * @param done changed or deleted
 * @param alreadyGone ended before, or another entry has the tuple now
 * @param refused those the kernel refused
 * @param firstErrno the error number of the first refusal, 0 when there was none
 */
public record ChangeSummary(long done, long alreadyGone, long refused, int firstErrno) {
  /** Nothing met. */
  public static final ChangeSummary NONE = new ChangeSummary(0, 0, 0, 0);

  /** Returns the sum of this and one deletion. */
  public ChangeSummary plus(DeleteResult result) {
    return plus(
        switch (result) {
          case DELETED -> 0;
          case ALREADY_GONE -> Errno.ENOENT;
          case REFUSED -> Errno.EPERM;
        });
  }

  /** Returns the sum of this and one answer. */
  ChangeSummary plus(int errno) {
    return switch (errno) {
      case 0 -> new ChangeSummary(done + 1, alreadyGone, refused, firstErrno);
      case Errno.ENOENT -> new ChangeSummary(done, alreadyGone + 1, refused, firstErrno);
      default ->
          new ChangeSummary(done, alreadyGone, refused + 1, firstErrno == 0 ? errno : firstErrno);
    };
  }
}
