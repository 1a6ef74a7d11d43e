package dev.tiaki.engine.packet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one worker, used again and again.
 *
 * <p>A packet that got its verdict stays readable until {@link #reclaim}, which the worker calls
 * between packets: code further up the call chain may still look at it.
 */
public final class PacketPool {
  /**
   * Arrays above this size are left to the collector, so that one huge frame is not kept for ever.
   */
  static final int MAX_POOLED_BYTES = 1 << 16;

  private final PacketOutput output;
  private final ArrayList<Packet> free = new ArrayList<>();
  private final ArrayList<Packet> finished = new ArrayList<>();
  private final ArrayDeque<Packet> injected = new ArrayDeque<>();

  /** Makes a pool whose packets report their verdicts to {@code output}. */
  public PacketPool(PacketOutput output) {
    this.output = output;
  }

  /** Returns a packet to fill. */
  public Packet acquire() {
    int last = free.size() - 1;
    return last >= 0 ? free.remove(last) : new Packet(this, output);
  }

  /** Gives back a packet that was acquired and not used. */
  public void release(Packet packet) {
    packet.recycle();
    free.add(packet);
  }

  /**
   * Makes a packet that was not captured, with the frame {@code frame}.
   *
   * @param linkType the kind of frame
   * @param timestampNanos its time, nanoseconds since the Unix epoch
   */
  public Packet forge(LinkType linkType, byte[] frame, long timestampNanos) {
    Packet packet = new Packet(null, output);
    packet.setFrame(frame, frame.length);
    packet.describe(linkType, timestampNanos, 0);
    packet.forged();
    return packet;
  }

  /**
   * Makes a packet that stands for captured ones, with a frame of {@code frameBytes} zeros to fill.
   *
   * @param captured whose link type, time and number it has
   * @param verdicts who is told its verdict, instead of this pool's output
   */
  public Packet standIn(Packet captured, int frameBytes, PacketOutput verdicts) {
    Packet packet = new Packet(null, verdicts);
    packet.fill(frameBytes, frameBytes);
    packet.describe(captured.linkType(), captured.timestampNanos(), captured.number());
    return packet;
  }

  /**
   * Has a forged packet received before the next captured one.
   *
   * @throws IllegalStateException {@code operation not supported} unless it is forged and undecided
   */
  public void inject(Packet packet) {
    if (packet.origin() != Origin.FORGED || !packet.isPending()) {
      throw new IllegalStateException("operation not supported");
    }
    packet.injected();
    injected.add(packet);
  }

  /** Takes the oldest injected packet, or null. */
  public @Nullable Packet nextInjected() {
    return injected.poll();
  }

  /** Makes the packets that have their verdict usable again; called between packets. */
  public void reclaim() {
    List<Packet> done = finished;
    for (int i = 0; i < done.size(); i++) {
      Packet packet = done.get(i);
      packet.recycle();
      free.add(packet);
    }
    done.clear();
  }

  void finished(Packet packet) {
    finished.add(packet);
  }
}
