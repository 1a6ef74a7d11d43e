package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.NetlinkException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A connection tracking table in memory, fed packet by packet: the same commands and rules work on
 * a capture, without root. Time is that of the packets. States, timeouts, counters and status are
 * those that Linux would give with its default settings, accounting and timestamps on; but windows
 * are not checked, SCTP has no state, and there are no helpers and no translation.
 *
 * <pre>{@code
 * ReplayConntrack table = new ReplayConntrack();
 * TcpSegment syn = new TcpSegment(TcpFlags.SYN, 1000, 0, 65535, 0);
 * table.observe(Tuple.tcp(client, 40000, server, 80), syn, 60, nanos);
 * }</pre>
 */
public final class ReplayConntrack implements Conntrack {
  /** How many entries fit by default, as in the kernel; the oldest makes room for a new one. */
  public static final int DEFAULT_MAX_ENTRIES = 262_144;

  private final ReentrantLock lock = new ReentrantLock();
  private final ReplayTable table;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  /** Makes an empty table of the default size. */
  public ReplayConntrack() {
    this(DEFAULT_MAX_ENTRIES);
  }

  /** Makes an empty table. */
  public ReplayConntrack(int maxEntries) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("maxEntries=" + maxEntries);
    }
    table = new ReplayTable(maxEntries, this::tell);
  }

  /**
   * Takes note of one packet. One that carries an error about another flow (ICMP) is not to be
   * given: the kernel counts it nowhere.
   *
   * @param tuple its source and destination
   * @param segment what its TCP header says; null for every other protocol
   * @param bytes its octets on the wire from the IP header on
   * @param nanos when it was seen, nanoseconds since the Unix epoch
   * @return false when it belongs to no flow and begins none, which is counted as invalid
   */
  public boolean observe(Tuple tuple, @Nullable TcpSegment segment, int bytes, long nanos) {
    lock.lock();
    try {
      return table.observe(tuple, segment, bytes, nanos);
    } finally {
      lock.unlock();
    }
  }

  /** Lets time pass; entries whose time is over end. */
  public void advanceTo(long nanos) {
    lock.lock();
    try {
      table.advanceTo(nanos);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the time of the table: that of the newest packet, nanoseconds since the Unix epoch. */
  public long nanos() {
    lock.lock();
    try {
      return table.now();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many entries made room for new ones before their time. */
  public long evictions() {
    lock.lock();
    try {
      return table.evictions();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Stream<Flow> dump(Filter filter) {
    return matching(filter).stream();
  }

  private List<Flow> matching(Filter filter) {
    lock.lock();
    try {
      return table.flows().stream().filter(filter::matches).toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Stream<Flow> dumpAndZeroCounters(Filter filter) {
    lock.lock();
    try {
      List<Flow> flows = matching(filter);
      flows.forEach(table::zeroCounters);
      return flows.stream();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Flow> get(Tuple tuple, int zone) {
    lock.lock();
    try {
      return Optional.ofNullable(table.get(tuple, zone));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void create(FlowSpec spec) throws IOException {
    lock.lock();
    try {
      if (!table.create(spec)) {
        throw new NetlinkException("conntrack create", Errno.EEXIST, null);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void update(Tuple tuple, int zone, FlowUpdate update) throws IOException {
    lock.lock();
    try {
      Flow flow = table.get(tuple, zone);
      if (flow == null) {
        throw new ConntrackNotFound(tuple.toString());
      }
      table.update(flow, update);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ChangeSummary updateAll(Filter filter, FlowUpdate update) {
    lock.lock();
    try {
      List<Flow> flows = matching(filter);
      flows.forEach(flow -> table.update(flow, update));
      return new ChangeSummary(flows.size(), 0, 0, 0);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public DeleteResult delete(Flow flow) {
    lock.lock();
    try {
      Flow present = table.get(flow.original(), flow.zone());
      if (present == null || present.id() != flow.id()) {
        return DeleteResult.ALREADY_GONE;
      }
      table.remove(present);
      return DeleteResult.DELETED;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ChangeSummary deleteAll(Filter filter) {
    lock.lock();
    try {
      List<Flow> flows = matching(filter);
      flows.forEach(table::remove);
      return new ChangeSummary(flows.size(), 0, 0, 0);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void flush() {
    deleteAll(Filter.ALL);
  }

  @Override
  public void flush(Filter filter) {
    deleteAll(filter);
  }

  @Override
  public TableStats stats() {
    lock.lock();
    try {
      return new TableStats(table.size(), table.maxEntries());
    } finally {
      lock.unlock();
    }
  }

  /** Returns one row: packets that were invalid, entries that began and that were evicted. */
  @Override
  public List<CpuStats> cpuStats() {
    lock.lock();
    try {
      return List.of(
          new CpuStats(
              0, 0, table.invalid(), table.inserted(), 0, 0, table.evictions(), 0, 0, 0, 0));
    } finally {
      lock.unlock();
    }
  }

  /** Returns nothing: there are no helpers here. */
  @Override
  public List<Expectation> expectations() {
    return List.of();
  }

  /** Refuses with EOPNOTSUPP: there are no helpers here. */
  @Override
  public void createExpectation(Expectation expectation) throws IOException {
    throw new NetlinkException("conntrack expectation", Errno.EOPNOTSUPP, null);
  }

  /** Returns that there is none. */
  @Override
  public DeleteResult deleteExpectation(Expectation expectation) {
    return DeleteResult.ALREADY_GONE;
  }

  /** Does nothing: there are no helpers here. */
  @Override
  public void flushExpectations() {}

  /** Returns nothing: every end is told at once. */
  @Override
  public List<Flow> dying() {
    return List.of();
  }

  /** Events are told on the thread that makes them happen; none is ever lost. */
  @Override
  public EventSubscription listen(
      Set<EventKind> kinds,
      Filter filter,
      ListenOptions options,
      Consumer<ConntrackEvent> consumer) {
    Subscription subscription = new Subscription(EnumSet.copyOf(kinds), filter, consumer);
    subscriptions.add(subscription);
    return subscription;
  }

  private void tell(ConntrackEvent.OfFlow event) {
    for (Subscription subscription : subscriptions) {
      subscription.tell(event);
    }
  }

  /** One listener. */
  private final class Subscription implements EventSubscription {
    private final Set<EventKind> kinds;
    private final Filter filter;
    private final Consumer<ConntrackEvent> consumer;

    Subscription(Set<EventKind> kinds, Filter filter, Consumer<ConntrackEvent> consumer) {
      this.kinds = kinds;
      this.filter = filter;
      this.consumer = consumer;
    }

    void tell(ConntrackEvent.OfFlow event) {
      if (kinds.contains(event.kind()) && filter.matches(event.flow())) {
        consumer.accept(event);
      }
    }

    @Override
    public long overruns() {
      return 0;
    }

    @Override
    public List<Flow> mirror() {
      return new ArrayList<>(matching(filter));
    }

    @Override
    public void resynchronise() {
      consumer.accept(new ConntrackEvent.Resynchronised(matching(filter).size()));
    }

    @Override
    public void close() {
      subscriptions.remove(this);
    }
  }

  /** Ends all subscriptions; the table stays readable. */
  @Override
  public void close() {
    subscriptions.clear();
  }
}
