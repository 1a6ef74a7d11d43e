package dev.tiaki.dissector.ip;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.time.Timer;
import java.util.ArrayList;
import java.util.List;

/**
 * A datagram that waits for fragments, and later the one that was put together from them.
 *
 * <p>The fragments are sorted by offset; of two with the same offset the later arrival stands
 * first. All of them are held packets that belong to the datagram.
 */
final class Datagram extends Timer {
  private static final int UNKNOWN = -1;

  private final FragmentKey key;
  private final FragmentTable table;
  private final List<Fragment> fragments = new ArrayList<>(4);
  private long heldBytes;
  private int end = UNKNOWN;
  private boolean discarded;
  private FragmentBoundaries boundaries = new FragmentBoundaries(new int[0]);

  Datagram(FragmentKey key, FragmentTable table) {
    this.key = key;
    this.table = table;
  }

  FragmentKey key() {
    return key;
  }

  List<Fragment> fragments() {
    return fragments;
  }

  Fragment first() {
    return fragments.getFirst();
  }

  /** Returns the memory that the held frames take. */
  long heldBytes() {
    return heldBytes;
  }

  /** Returns the length of the datagram, once its last fragment is known. */
  int end() {
    return end;
  }

  boolean isEndKnown() {
    return end != UNKNOWN;
  }

  /** Puts a fragment at its place. */
  void insert(Fragment fragment) {
    int at = 0;
    while (at < fragments.size() && fragments.get(at).offset() < fragment.offset()) {
      at++;
    }
    fragments.add(at, fragment);
    heldBytes += fragment.packet().array().length;
    if (fragment.isLast()) {
      end = fragment.end();
    }
  }

  /** Takes a fragment out; the caller decides about its packet. */
  void remove(Fragment fragment) {
    fragments.remove(fragment);
    heldBytes -= fragment.packet().array().length;
    if (fragment.isLast()) {
      end = UNKNOWN;
    }
  }

  /** Tells whether the fragments cover everything up to the known end. */
  boolean isComplete() {
    if (discarded || !isEndKnown()) {
      return false;
    }
    int covered = 0;
    for (int i = 0; i < fragments.size(); i++) {
      Fragment fragment = fragments.get(i);
      if (fragment.offset() > covered) {
        return false;
      }
      covered = Math.max(covered, fragment.end());
    }
    return covered >= end;
  }

  /**
   * Puts the data together. Of bytes that several fragments carry, those of the first in the list
   * count; fragments without any other byte are dropped.
   */
  byte[] assemble() {
    byte[] whole = new byte[end];
    int covered = 0;
    for (int i = 0; i < fragments.size(); ) {
      Fragment fragment = fragments.get(i);
      if (fragment.end() <= covered && i > 0) {
        fragments.remove(i);
        fragment.packet().drop(DropReason.RETRANSMISSION);
        table.countDuplicate();
        continue;
      }
      if (fragment.offset() < covered) {
        fragment.trimFront(covered - fragment.offset());
      }
      System.arraycopy(
          fragment.packet().array(), fragment.dataStart(), whole, covered, fragment.length());
      covered = fragment.end();
      i++;
    }
    boundaries = new FragmentBoundaries(fragments.stream().mapToInt(Fragment::end).toArray());
    return whole;
  }

  /** Returns where the fragments end in the data that was put together. */
  FragmentBoundaries boundaries() {
    return boundaries;
  }

  /** Tells whether the datagram was given up; its later fragments are dropped on arrival. */
  boolean isDiscarded() {
    return discarded;
  }

  /** Drops the fragments and remembers that later ones are to be dropped too. */
  void discard(DropReason reason) {
    discarded = true;
    drop(reason);
    fragments.clear();
    heldBytes = 0;
  }

  /** Drops all fragments that have no verdict yet. */
  void drop(DropReason reason) {
    Packet first = fragments.isEmpty() ? null : fragments.getFirst().packet();
    for (int i = 0; i < fragments.size(); i++) {
      Packet packet = fragments.get(i).packet();
      if (first != null && packet != first) {
        packet.setFlow(first.flow());
        packet.blame(first.blame());
      }
      packet.drop(reason);
    }
  }

  @Override
  protected void expired(long nowNanos) {
    table.expired(this);
  }
}
