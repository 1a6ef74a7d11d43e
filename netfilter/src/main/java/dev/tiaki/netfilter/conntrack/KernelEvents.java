package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.Netlink;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import dev.tiaki.netfilter.netlink.NetlinkSocket;
import dev.tiaki.netfilter.netlink.SocketProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the kernel's events on a thread of its own.
 *
 * <p>When the receive queue was full the kernel says ENOBUFS once and goes on. The reader then
 * counts, tells {@code Overrun}, reads as much as the queue can have held (those events are older
 * than the loss), dumps the table and tells the difference to its mirror as synthetic events.
 * Events of the time of the dump are still queued behind it and are applied after it, so that the
 * mirror converges; a further loss begins anew.
 */
final class KernelEvents implements EventSubscription {
  private static final String EVENTS_AUTO = "2";
  private static final int SUBSYSTEM_MASK = 0xff00;
  private static final int MESSAGE_MASK = 0xff;
  private static final int MAX_GATHERED = 10_000;

  private final KernelConntrack conntrack;
  private final NetlinkSocket socket;
  private final Set<EventKind> kinds;
  private final Filter filter;
  private final ListenOptions options;
  private final Consumer<ConntrackEvent> consumer;
  private final FlowDecoder decoder = new FlowDecoder();
  private final ExpectationDecoder expectations = new ExpectationDecoder();
  private final FlowMirror mirror = new FlowMirror();
  private final Thread thread;
  private final ReentrantLock closeLock = new ReentrantLock();
  private boolean socketClosed;
  private volatile boolean closing;
  private volatile boolean resynchroniseAsked;
  private final AtomicLong overruns = new AtomicLong();

  private KernelEvents(
      KernelConntrack conntrack,
      NetlinkSocket socket,
      Set<EventKind> kinds,
      Filter filter,
      ListenOptions options,
      Consumer<ConntrackEvent> consumer) {
    this.conntrack = conntrack;
    this.socket = socket;
    this.kinds = kinds;
    this.filter = filter;
    this.options = options;
    this.consumer = consumer;
    this.thread = Thread.ofPlatform().daemon().name("conntrack-events").unstarted(this::run);
  }

  /** Joins the groups first and dumps then: nothing falls between. */
  static EventSubscription start(
      KernelConntrack conntrack,
      Set<EventKind> kinds,
      Filter filter,
      ListenOptions options,
      Consumer<ConntrackEvent> consumer)
      throws IOException {
    NetlinkSocket socket =
        NetlinkSocket.open(
            conntrack.namespace(), Netlink.NETLINK_NETFILTER, options.receiveBufferBytes());
    try {
      // a mirror compares what it has with everything that happens
      SocketProgram program = options.mirror() ? null : EventProgram.of(filter);
      if (program != null) {
        socket.attach(program);
      }
      // a mirror needs every kind, whatever the consumer wants to hear
      Set<EventKind> joined = EnumSet.copyOf(kinds);
      if (options.mirror()) {
        joined.addAll(EventKind.OF_FLOWS);
      }
      for (EventKind kind : joined) {
        socket.join(kind.group());
      }
      if (options.reliable()) {
        socket.reportUndelivered();
      }
      KernelEvents events =
          new KernelEvents(conntrack, socket, EnumSet.copyOf(kinds), filter, options, consumer);
      events.begin();
      return events;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void begin() throws IOException {
    long old = conntrack.count(Filter.ALL);
    if (options.mirror()) {
      try (Stream<Flow> flows = conntrack.dump(filter)) {
        flows.forEach(mirror::put);
      }
    }
    if (old > 0 && conntrack.setting("events").equals(EVENTS_AUTO)) {
      consumer.accept(new ConntrackEvent.OldFlowsAreSilent(old));
    }
    thread.start();
  }

  private void run() {
    try {
      long nextCompare = nextCompareNanos();
      while (!closing) {
        if (socket.await(waitMillis(nextCompare))) {
          read();
        }
        if (resynchroniseAsked || System.nanoTime() - nextCompare >= 0) {
          resynchroniseAsked = false;
          compare();
          nextCompare = nextCompareNanos();
        }
      }
    } catch (IOException | UncheckedIOException e) {
      consumer.accept(new ConntrackEvent.Failed(String.valueOf(e.getMessage())));
    } finally {
      closeSocket();
    }
  }

  private void closeSocket() {
    closeLock.lock();
    try {
      closing = true;
      socket.close();
      socketClosed = true;
    } finally {
      closeLock.unlock();
    }
  }

  private void wakeReader() {
    closeLock.lock();
    try {
      closing = true;
      if (!socketClosed) {
        socket.wake();
      }
    } finally {
      closeLock.unlock();
    }
  }

  private long nextCompareNanos() {
    int seconds = options.resynchroniseSeconds();
    return System.nanoTime()
        + (seconds == 0 ? Long.MAX_VALUE / 2 : TimeUnit.SECONDS.toNanos(seconds));
  }

  private int waitMillis(long nextCompare) {
    if (resynchroniseAsked) {
      return 0;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(nextCompare - System.nanoTime()) + 1;
    return Math.clamp(millis, 0, 1000);
  }

  private void read() throws IOException {
    if (options.gatherMillis() == 0) {
      readOne();
      return;
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(options.gatherMillis()));
    for (int i = 0; i < MAX_GATHERED && !closing && readOne() > 0; i++) {}
  }

  /** Reads one datagram; the number of its octets, 0 when there was none. */
  private long readOne() throws IOException {
    long length = socket.receiveNow();
    if (length == -Errno.ENOBUFS) {
      overrun();
      return 0;
    }
    if (length == -Errno.EAGAIN) {
      return 0;
    }
    if (length < 0) {
      throw new NetlinkException("conntrack events", (int) -length, null);
    }
    take(socket.messages());
    return length;
  }

  private void overrun() throws IOException {
    consumer.accept(new ConntrackEvent.Overrun(overruns.incrementAndGet()));
    readWhatIsOlder();
    if (options.mirror()) {
      compare();
    }
  }

  /** The queue cannot have held more octets than its size, and each read message took some. */
  private void readWhatIsOlder() throws IOException {
    long left = 2L * options.receiveBufferBytes();
    while (left > 0 && !closing) {
      long length = socket.receiveNow();
      if (length == -Errno.ENOBUFS) {
        consumer.accept(new ConntrackEvent.Overrun(overruns.incrementAndGet()));
        left = 2L * options.receiveBufferBytes();
      } else if (length < 0) {
        return;
      } else {
        take(socket.messages());
        left -= length;
      }
    }
  }

  private void take(NetlinkMessages messages) {
    while (messages.next()) {
      int type = messages.type();
      if ((type & SUBSYSTEM_MASK) == CtAttribute.SUBSYSTEM_EXPECT) {
        takeExpectation(messages);
        continue;
      }
      boolean destroyed = type == (CtAttribute.SUBSYSTEM | CtAttribute.MESSAGE_DELETE);
      if (!destroyed && type != (CtAttribute.SUBSYSTEM | CtAttribute.MESSAGE_NEW)) {
        continue;
      }
      Flow flow = decoder.decode(messages);
      if (flow == null) {
        continue;
      }
      boolean created = (messages.flags() & Netlink.CREATE) != 0;
      take(destroyed, created, flow, messages.portId());
    }
  }

  private void takeExpectation(NetlinkMessages messages) {
    Expectation expectation = expectations.decode(messages);
    int portId = messages.portId();
    boolean own = options.ignoreOwn() && portId == conntrack.portId();
    if (expectation == null || own) {
      return;
    }
    boolean destroyed = (messages.type() & MESSAGE_MASK) == CtAttribute.MESSAGE_DELETE;
    consumer.accept(
        destroyed
            ? new ConntrackEvent.ExpectationDestroyed(expectation, portId)
            : new ConntrackEvent.ExpectationCreated(expectation, portId));
  }

  private void take(boolean destroyed, boolean created, Flow flow, int portId) {
    if (options.mirror()) {
      if (destroyed) {
        mirror.remove(flow);
      } else if (filter.matches(flow)) {
        mirror.merge(flow);
      }
    }
    if ((options.ignoreOwn() && portId == conntrack.portId()) || !filter.matches(flow)) {
      return;
    }
    if (destroyed) {
      tell(new ConntrackEvent.Destroyed(flow, false, portId));
    } else if (created) {
      tell(new ConntrackEvent.Created(flow, false, portId));
    } else {
      tell(new ConntrackEvent.Updated(flow, false, portId));
    }
  }

  private void tell(ConntrackEvent.OfFlow event) {
    if (kinds.contains(event.kind())) {
      consumer.accept(event);
    }
  }

  /** Tells what differs between the mirror and the table. */
  private void compare() throws IOException {
    if (!options.mirror()) {
      return;
    }
    List<Flow> present = new ArrayList<>();
    try (Stream<Flow> flows = conntrack.dump(filter)) {
      flows.forEach(present::add);
    }
    for (Flow flow : mirror.missingIn(present)) {
      if (isReallyGone(flow)) {
        mirror.remove(flow);
        tell(new ConntrackEvent.Destroyed(flow, true, 0));
      }
    }
    for (Flow flow : present) {
      @Nullable Flow known = mirror.put(flow);
      if (known == null) {
        tell(new ConntrackEvent.Created(flow, true, 0));
      } else if (FlowMirror.differs(known, flow)) {
        tell(new ConntrackEvent.Updated(flow, true, 0));
      }
    }
    consumer.accept(new ConntrackEvent.Resynchronised(mirror.size()));
  }

  /** A dump may miss an entry while the table is resized. */
  private boolean isReallyGone(Flow flow) throws IOException {
    return conntrack
        .get(flow.original(), flow.zone())
        .filter(now -> now.id() == flow.id())
        .isEmpty();
  }

  @Override
  public long overruns() {
    return overruns.get();
  }

  @Override
  public List<Flow> mirror() {
    return mirror.flows();
  }

  @Override
  public void resynchronise() {
    resynchroniseAsked = true;
  }

  @Override
  public void close() {
    wakeReader();
    if (Thread.currentThread() == thread) {
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
