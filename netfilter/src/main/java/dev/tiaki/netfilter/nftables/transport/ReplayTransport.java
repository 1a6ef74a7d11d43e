package dev.tiaki.netfilter.nftables.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Answers as was recorded, without nft: the same requests in the same order, and no others. */
public final class ReplayTransport implements NftTransport {
  private final Deque<RecordingTransport.Exchange> expected;

  /** Makes a transport that plays these runs. */
  public ReplayTransport(List<RecordingTransport.Exchange> exchanges) {
    this.expected = new ArrayDeque<>(exchanges);
  }

  /**
   * Returns the recorded answer.
   *
   * @throws IllegalStateException when something else was asked when it was recorded
   */
  @Override
  public synchronized NftAnswer exchange(NftRequest request) {
    RecordingTransport.Exchange next = expected.poll();
    if (next == null) {
      throw new IllegalStateException("nothing more was recorded");
    }
    if (!next.request().equals(request)) {
      throw new IllegalStateException("another request was recorded here");
    }
    return next.answer();
  }

  /** Tells whether everything recorded was asked for. */
  public synchronized boolean isAtEnd() {
    return expected.isEmpty();
  }
}
