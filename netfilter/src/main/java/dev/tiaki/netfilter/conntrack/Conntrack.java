package dev.tiaki.netfilter.conntrack;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A connection tracking table: the kernel's ({@link KernelConntrack}) or one in memory ({@code
 * ReplayConntrack}). May be used by several threads.
 *
 * <p>To know before deleting: deleting a TCP entry does not stop the connection. Its next packet
 * makes a new entry ({@code nf_conntrack_tcp_loose}), or goes on untracked. Who wants to cut it
 * needs a rule that drops it first. An entry with address translation gets a new decision with its
 * next packet.
 */
public interface Conntrack extends AutoCloseable {
  /**
   * Returns the flows that pass {@code filter}, read while the stream is consumed; close it. A dump
   * is no snapshot: while flows come and go some may be missed or come twice.
   *
   * @throws IOException when the table cannot be read; {@link java.io.UncheckedIOException} later
   */
  Stream<Flow> dump(Filter filter) throws IOException;

  /** As {@link #dump}, and sets the counters of what is read to zero. */
  Stream<Flow> dumpAndZeroCounters(Filter filter) throws IOException;

  /** Returns how many flows pass {@code filter}. */
  default long count(Filter filter) throws IOException {
    try (Stream<Flow> flows = dump(filter)) {
      return flows.count();
    }
  }

  /** Returns the flow of which {@code tuple} is either direction, if there is one in the zone. */
  Optional<Flow> get(Tuple tuple, int zone) throws IOException;

  /**
   * Makes an entry.
   *
   * @throws IOException with EEXIST when there is one
   */
  void create(FlowSpec spec) throws IOException;

  /**
   * Changes the entry of which {@code tuple} is either direction.
   *
   * @throws ConntrackNotFound when there is none
   * @throws IOException when the kernel refuses the change
   */
  void update(Tuple tuple, int zone, FlowUpdate update) throws IOException;

  /** Changes all entries that pass {@code filter}. */
  ChangeSummary updateAll(Filter filter, FlowUpdate update) throws IOException;

  /**
   * Deletes this very entry; one that was made anew with the same tuple is left alone. The kernel
   * tells them apart by an id that is made of the entry's place in memory: one that got the very
   * place of the old one is not told apart.
   */
  DeleteResult delete(Flow flow) throws IOException;

  /** Deletes all entries that pass {@code filter}, each by its identity. */
  ChangeSummary deleteAll(Filter filter) throws IOException;

  /** Empties the table, both families and all zones. */
  void flush() throws IOException;

  /**
   * Deletes all entries that pass {@code filter}, and does not tell how many those were: cheaper
   * than {@link #deleteAll} where the kernel can choose them itself, by mark, status and zone.
   */
  void flush(Filter filter) throws IOException;

  /** Returns how full the table is. */
  TableStats stats() throws IOException;

  /** Returns what each processor counted. */
  List<CpuStats> cpuStats() throws IOException;

  /** Returns the flows that helpers expect. */
  List<Expectation> expectations() throws IOException;

  /**
   * Makes an expectation; its id is passed over.
   *
   * @throws IOException with EOPNOTSUPP when the master flow has no helper, ENOENT when there is no
   *     such flow
   */
  void createExpectation(Expectation expectation) throws IOException;

  /** Deletes this very expectation. */
  DeleteResult deleteExpectation(Expectation expectation) throws IOException;

  /** Deletes all expectations. */
  void flushExpectations() throws IOException;

  /**
   * Returns the flows that ended but whose end could not be told to a reliable listener yet.
   *
   * @throws IOException when the kernel refuses
   */
  List<Flow> dying() throws IOException;

  /**
   * Hands every event of these kinds whose flow passes {@code filter} to {@code consumer}, on a
   * thread of the subscription's own, until it is closed. An event carries less than a dump: a mark
   * or labels that it leaves out count as 0.
   */
  EventSubscription listen(
      Set<EventKind> kinds, Filter filter, ListenOptions options, Consumer<ConntrackEvent> consumer)
      throws IOException;

  @Override
  void close();
}
