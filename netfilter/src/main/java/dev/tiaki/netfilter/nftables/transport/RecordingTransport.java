package dev.tiaki.netfilter.nftables.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Keeps what went through another transport, to be looked at or replayed. */
public final class RecordingTransport implements NftTransport {
  private final NftTransport recorded;
  private final List<Exchange> exchanges = new ArrayList<>();

  /**
   * One run.
   *
   * @param request what nft was given
   * @param answer how it ended
   */
  public record Exchange(NftRequest request, NftAnswer answer) {}

  /** Makes a transport that does what {@code recorded} does. */
  public RecordingTransport(NftTransport recorded) {
    this.recorded = recorded;
  }

  @Override
  public NftAnswer exchange(NftRequest request) throws NftException {
    NftAnswer answer = recorded.exchange(request);
    synchronized (exchanges) {
      exchanges.add(new Exchange(request, answer));
    }
    return answer;
  }

  @Override
  public OptionalLong generation() {
    return recorded.generation();
  }

  /** Returns what went through so far. */
  public List<Exchange> exchanges() {
    synchronized (exchanges) {
      return List.copyOf(exchanges);
    }
  }

  @Override
  public void close() {
    recorded.close();
  }
}
