package dev.tiaki.dissector.ip;

import java.util.List;

/** What a family does with a fragment that meets others of its datagram. */
interface OverlapRule {
  /**
   * Puts {@code fragment} into the datagram unless the rule refuses it.
   *
   * @param refused takes the fragments that the rule throws out, the new one or older ones
   */
  Outcome add(Datagram datagram, Fragment fragment, List<Fragment> refused);

  /** What became of a fragment. */
  enum Outcome {
    /** It waits in the datagram. */
    ADDED,
    /** It was refused as invalid; so was everything in {@code refused}. */
    REFUSED,
    /** It says nothing new and is dropped silently. */
    DUPLICATE,
    /** The whole datagram is given up. */
    DISCARD
  }
}
