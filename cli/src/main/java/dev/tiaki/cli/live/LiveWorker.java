package dev.tiaki.cli.live;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.inline.DecidedFlows;
import dev.tiaki.cli.inline.InlinePort;
import dev.tiaki.engine.libpcap.BpfFilter;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.netfilter.queue.PacketQueue;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ArrayBlockingQueue;
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

  /** A connection that the kernel forgot and nobody tells the worker of ends by its timeout. */
  private static final int MAX_REQUESTS = 1 << 16;

  private static final VarHandle TURNS;

  static {
    try {
      TURNS = MethodHandles.lookup().findVarHandle(LiveWorker.class, "turns", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final EngineWorker engine;
  private final LiveEdge edge;
  private final LiveClock clock;
  private final ArrayBlockingQueue<Consumer<EngineWorker>> requests =
      new ArrayBlockingQueue<>(MAX_REQUESTS);
  private final @Nullable BpfFilter filter;
  private final Counter packets;
  private final Object suspension = new Object();
  private volatile boolean suspended;
  private long turns;

  /** Makes the loop of one worker; {@code filter} says what it inspects, null everything. */
  LiveWorker(
      EngineWorker engine,
      LiveEdge edge,
      LiveClock clock,
      @Nullable BpfFilter filter,
      DecidedFlows decisions) {
    this.filter = filter;
    this.engine = engine;
    this.edge = edge;
    this.clock = clock;
    packets = engine.counters().counter("packets", "packets");
    InlinePort port = edge.port();
    engine
        .chain()
        .connections()
        .events()
        .newConnection()
        .add((flow, tcp) -> port.forget(flow.key()));
    engine.mailbox().wakeBy(edge.queue()::interrupt);
    DecisionReport report = new DecisionReport(engine, decisions);
    engine.chain().connections().events().decided().add(report::decided);
    engine.chain().datagrams().events().decided().add(report::decided);
  }

  /** Has {@code action} done between two packets, unless too much waits already; any thread. */
  void ask(Consumer<EngineWorker> action) {
    var _ = requests.offer(action);
  }

  /** Returns a number that changes with each packet and each turn of the loop; any thread. */
  long moves() {
    return (long) TURNS.getOpaque(this) + packets.value();
  }

  /**
   * Gives the queue back in the name of a worker that does not move, unless it has moved since;
   * what it was going to say about the packets that wait has no effect any more. Any thread.
   *
   * @param seen what {@link #moves} was
   * @return whether that was done
   */
  boolean suspend(long seen) {
    synchronized (suspension) {
      if (suspended || moves() != seen || !edge.queue().suspend()) {
        return false;
      }
      suspended = true;
      return true;
    }
  }

  /** Tells whether the queue was given back and not taken again; any thread. */
  boolean isSuspended() {
    return suspended;
  }

  /** Nobody saw what passed meanwhile: connections begin anew, picked up from the middle. */
  private void resume() throws IOException {
    engine.endFlows();
    synchronized (suspension) {
      edge.queue().resume();
      suspended = false;
    }
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
    TURNS.setOpaque(this, turns + 1);
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
    if (suspended) {
      resume();
    }
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
