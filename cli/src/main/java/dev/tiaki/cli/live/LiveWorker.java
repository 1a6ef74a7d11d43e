package dev.tiaki.cli.live;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.inline.InlinePort;
import dev.tiaki.engine.libpcap.BpfFilter;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.netfilter.queue.PacketQueue;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop of one worker over its kernel queue: packets in, verdicts out, time, and what other
 * threads ask for in between. Everything is called on the worker's thread unless it says otherwise.
 */
final class LiveWorker {
  /** So many packets are decided before their verdicts leave: waiting would delay the first. */
  private static final int PACKETS_PER_FLUSH = 16;

  private static final int MAX_DRAINED_READS = 10_000;

  private final EngineWorker engine;
  private final LiveEdge edge;
  private final LiveClock clock;
  private final ConcurrentLinkedQueue<Consumer<EngineWorker>> requests =
      new ConcurrentLinkedQueue<>();
  private final @Nullable BpfFilter filter;
  private volatile long beatNanos = System.nanoTime();

  /** Makes the loop of one worker; {@code filter} says what it inspects, null everything. */
  LiveWorker(EngineWorker engine, LiveEdge edge, LiveClock clock, @Nullable BpfFilter filter) {
    this.filter = filter;
    this.engine = engine;
    this.edge = edge;
    this.clock = clock;
    InlinePort port = edge.port();
    engine
        .chain()
        .connections()
        .events()
        .newConnection()
        .add((flow, tcp) -> port.forget(flow.key()));
    engine.mailbox().wakeBy(edge.queue()::interrupt);
    engine.chain().connections().events().decided().add(new DecisionReport(engine));
  }

  /** Has {@code action} done between two packets; any thread. */
  void ask(Consumer<EngineWorker> action) {
    requests.add(action);
  }

  /** Returns the {@link System#nanoTime} at which the loop went round last; any thread. */
  long beatNanos() {
    return beatNanos;
  }

  EngineWorker engine() {
    return engine;
  }

  PacketQueue queue() {
    return edge.queue();
  }

  /** Waits a little for packets and processes those that are there. */
  void step() throws IOException {
    boolean any = edge.queue().receive();
    beatNanos = System.nanoTime();
    if (!any || processReceived() == 0) {
      engine.idle(clock.nanos());
    }
    edge.queue().flush();
    Consumer<EngineWorker> request = requests.poll();
    while (request != null) {
      request.accept(engine);
      request = requests.poll();
    }
    edge.queue().flush();
  }

  /** Returns how many packets were inspected; none came when the wait was only interrupted. */
  private int processReceived() throws IOException {
    PacketQueue queue = edge.queue();
    InlinePort port = edge.port();
    long now = clock.nanos();
    int count = 0;
    int inspected = 0;
    while (queue.next()) {
      Packet packet = engine.acquire();
      port.fill(packet, now);
      if (filter == null || filter.matches(packet)) {
        engine.process(packet);
        inspected++;
      } else {
        packet.accept();
        engine.context().packets().reclaim();
      }
      if (++count % PACKETS_PER_FLUSH == 0) {
        queue.flush();
      }
    }
    return inspected;
  }

  /** Processes what still waits in the queue, when no more packets are sent to it. */
  void drain() throws IOException {
    for (int reads = 0; reads < MAX_DRAINED_READS && edge.queue().receiveNow(); reads++) {
      processReceived();
      edge.queue().flush();
    }
  }

  /** Ends all flows, which decides about everything that was held, and gives the queue back. */
  void finish() {
    engine.endFlows();
    engine.close();
    engine.finishRules();
    edge.close();
  }
}
