package dev.tiaki.dissector.ip;

import dev.tiaki.engine.packet.Packet;

/** Writes what one family says about a fragment into its header. */
public interface FragmentWriter {
  /**
   * Makes the header of {@code fragment} say that it holds {@code length} bytes from {@code offset}
   * of the datagram on, and repairs its checksum when there is one.
   *
   * @param more whether another fragment follows
   * @param changed whether the header was written already, so that its checksum is stale
   */
  void describe(Fragment fragment, int offset, int length, boolean more, boolean changed);

  /**
   * Carries what a rule changed in the first fragment's header over to another fragment.
   *
   * @param before the first header as it was when the datagram was put together
   * @param first the first fragment's packet
   * @return whether anything was written
   */
  boolean copyChanges(byte[] before, Packet first, Packet other);

  /** Returns the largest offset that the data of this fragment may end at. */
  int largestEnd(Fragment fragment);
}
