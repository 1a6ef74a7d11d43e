package dev.tiaki.dissector.ip;

import java.util.List;

/**
 * The rule of IPv6: a datagram with overlapping fragments is given up as a whole (RFC 5722); a
 * fragment that came twice, byte for byte, is dropped alone (RFC 8200 section 4.5).
 */
final class NoOverlap implements OverlapRule {
  @Override
  public Outcome add(Datagram datagram, Fragment fragment, List<Fragment> refused) {
    for (int i = 0; i < datagram.fragments().size(); i++) {
      Fragment other = datagram.fragments().get(i);
      if (fragment.isSameAs(other)) {
        return Outcome.DUPLICATE;
      }
      if (overlap(fragment, other) || contradict(fragment, other)) {
        return Outcome.DISCARD;
      }
    }
    datagram.insert(fragment);
    return Outcome.ADDED;
  }

  private static boolean overlap(Fragment one, Fragment other) {
    return one.offset() < other.end() && other.offset() < one.end();
  }

  /** Tells whether one says that it is the last and the other lies behind it. */
  private static boolean contradict(Fragment one, Fragment other) {
    return (one.isLast() && (other.isLast() || other.end() > one.end()))
        || (other.isLast() && one.end() > other.end());
  }
}
