package dev.tiaki.engine.worker;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.FrameSource;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.Verdict;
import java.io.IOException;

/**
 * Takes packets from a source, one at a time, and sees to it that each gets its verdict.
 *
 * <p>For each packet: the clock advances, due timers fire, the receiver processes the packet and
 * the packets injected meanwhile, and a packet that is still undecided and unheld is dropped.
 */
public final class Worker {
  private final WorkerContext context;
  private final PacketReceiver receiver;
  private final EngineErrorHandler errors;
  private final Runnable between;
  private final Counter packets;
  private final Counter bytes;
  private volatile boolean stopping;

  /**
   * Makes a worker that hands packets to {@code receiver} and its own defects to {@code errors}.
   */
  public Worker(WorkerContext context, PacketReceiver receiver, EngineErrorHandler errors) {
    this(context, receiver, errors, () -> {});
  }

  /**
   * As the other constructor.
   *
   * @param between is run after each packet and each time that passed without one
   */
  public Worker(
      WorkerContext context, PacketReceiver receiver, EngineErrorHandler errors, Runnable between) {
    this.between = between;
    this.context = context;
    this.receiver = receiver;
    this.errors = errors;
    this.packets = context.counters().counter("packets", "packets");
    this.bytes = context.counters().counter("bytes", "bytes captured");
  }

  /**
   * Processes everything that {@code source} gives, until its end or until {@link #stop}.
   *
   * @throws IOException when the source is broken; everything before the break was processed
   */
  public void run(FrameSource source) throws IOException {
    Packet packet = context.packets().acquire();
    while (!stopping && source.next(packet)) {
      process(packet);
      packet = context.packets().acquire();
    }
    context.packets().release(packet);
  }

  /** Ends {@link #run} after the current packet; may be called by any thread. */
  public void stop() {
    stopping = true;
  }

  /** Lets time pass without a packet: timers that are due at {@code nowNanos} fire. */
  public void idle(long nowNanos) {
    context.time().advanceTo(nowNanos);
    context.timers().advanceTo(context.time().nanos());
    context.packets().reclaim();
    between.run();
  }

  /** Processes one packet of this worker's pool. */
  public void process(Packet packet) {
    packets.increment();
    bytes.add(packet.length());
    context.time().advanceTo(packet.timestampNanos());
    context.timers().advanceTo(context.time().nanos());
    receive(packet);
    for (Packet injected = context.packets().nextInjected();
        injected != null;
        injected = context.packets().nextInjected()) {
      receive(injected);
    }
    context.packets().reclaim();
    between.run();
  }

  private void receive(Packet packet) {
    try {
      receiver.receive(packet);
    } catch (RuntimeException defect) {
      packet.drop(DropReason.ENGINE_ERROR);
      errors.failed(packet, defect);
    }
    if (packet.verdict() == Verdict.PENDING) {
      packet.drop(DropReason.UNCLAIMED);
    }
  }
}
