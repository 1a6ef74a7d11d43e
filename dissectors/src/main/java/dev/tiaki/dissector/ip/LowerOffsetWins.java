package dev.tiaki.dissector.ip;

import java.util.List;

/**
 * The rule of IPv4 here, which is Haka's: overlapping bytes come from the fragment with the lower
 * offset, at equal offsets from the later arrival. Nothing may lie beyond the fragment that says it
 * is the last.
 */
final class LowerOffsetWins implements OverlapRule {
  @Override
  public Outcome add(Datagram datagram, Fragment fragment, List<Fragment> refused) {
    if (liesBeyondTheLast(datagram, fragment)) {
      refused.add(fragment);
      return Outcome.REFUSED;
    }
    if (fragment.isLast()) {
      refuseEverythingBeyond(datagram, fragment, refused);
    }
    datagram.insert(fragment);
    return Outcome.ADDED;
  }

  private static boolean liesBeyondTheLast(Datagram datagram, Fragment fragment) {
    if (!datagram.isEndKnown()) {
      return false;
    }
    boolean behind = fragment.offset() > datagram.fragments().getLast().offset();
    return behind || (!fragment.isLast() && fragment.end() > datagram.end());
  }

  private static void refuseEverythingBeyond(
      Datagram datagram, Fragment last, List<Fragment> refused) {
    for (int i = datagram.fragments().size() - 1; i >= 0; i--) {
      Fragment other = datagram.fragments().get(i);
      if (other.offset() >= last.offset() || other.end() > last.end()) {
        datagram.remove(other);
        refused.addFirst(other);
      }
    }
  }
}
