package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.MessageWriter;
import dev.tiaki.netfilter.netlink.NetlinkDump;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.netlink.NetlinkMessages;
import dev.tiaki.netfilter.netlink.NetlinkRequests;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's table through ctnetlink. Needs CAP_NET_ADMIN in the network namespace. Requests
 * share one socket; each dump and each subscription has its own.
 */
public final class KernelConntrack implements Conntrack {
  private final NetworkNamespace namespace;
  private final NetlinkRequests requests;

  private KernelConntrack(NetworkNamespace namespace, NetlinkRequests requests) {
    this.namespace = namespace;
    this.requests = requests;
  }

  /**
   * Opens the table.
   *
   * @throws IOException when the namespace does not exist
   */
  public static KernelConntrack open(ConntrackOptions options) throws IOException {
    return new KernelConntrack(options.namespace(), new NetlinkRequests(options.namespace()));
  }

  @Override
  public Stream<Flow> dump(Filter filter) throws IOException {
    return dump(filter, false);
  }

  @Override
  public Stream<Flow> dumpAndZeroCounters(Filter filter) throws IOException {
    return dump(filter, true);
  }

  /** The first message is read here, so that a refusal comes as the checked exception. */
  private Stream<Flow> dump(Filter filter, boolean zeroCounters) throws IOException {
    NetlinkDump dump =
        new NetlinkDump(
            "conntrack dump",
            namespace,
            writer -> ConntrackRequest.dump(writer, filter, zeroCounters));
    try {
      dump.readAhead();
    } catch (IOException e) {
      dump.close();
      throw e;
    }
    return FlowDump.stream(dump, filter);
  }

  @Override
  public long count(Filter filter) throws IOException {
    return filter.isAll() ? stats().entries() : Conntrack.super.count(filter);
  }

  @Override
  public Optional<Flow> get(Tuple tuple, int zone) throws IOException {
    FlowDecoder decoder = new FlowDecoder();
    @Nullable Flow[] found = new @Nullable Flow[1];
    try {
      requests.execute(
          "conntrack get",
          writer -> ConntrackRequest.get(writer, tuple, zone),
          message -> found[0] = decoder.decode(message));
    } catch (NetlinkException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
    return Optional.ofNullable(found[0]);
  }

  @Override
  public void create(FlowSpec spec) throws IOException {
    requests.execute("conntrack create", writer -> ConntrackRequest.create(writer, spec));
  }

  @Override
  public void update(Tuple tuple, int zone, FlowUpdate update) throws IOException {
    int present =
        update.statusBits() == 0
            ? 0
            : get(tuple, zone).map(Target::of).map(Target::status).orElse(0);
    try {
      requests.execute(
          "conntrack update",
          writer -> ConntrackRequest.update(writer, tuple, zone, update, present));
    } catch (NetlinkException e) {
      if (e.errno() == Errno.ENOENT) {
        throw new ConntrackNotFound(tuple.toString());
      }
      throw e;
    }
  }

  @Override
  public ChangeSummary updateAll(Filter filter, FlowUpdate update) throws IOException {
    return changeAll(
        targets(filter),
        (writer, target) ->
            ConntrackRequest.update(
                writer, target.flow.original(), target.flow.zone(), update, target.status));
  }

  @Override
  public DeleteResult delete(Flow flow) throws IOException {
    return result("conntrack delete", writer -> ConntrackRequest.delete(writer, flow.identity()));
  }

  private DeleteResult result(String what, Consumer<MessageWriter> request) throws IOException {
    try {
      requests.execute(what, request);
      return DeleteResult.DELETED;
    } catch (NetlinkException e) {
      return switch (e.errno()) {
        case Errno.ENOENT -> DeleteResult.ALREADY_GONE;
        case Errno.EPERM -> throw e;
        default -> DeleteResult.REFUSED;
      };
    }
  }

  @Override
  public ChangeSummary deleteAll(Filter filter) throws IOException {
    return changeAll(
        targets(filter), (writer, target) -> ConntrackRequest.delete(writer, target.flow));
  }

  /** The dump is over before the first change, so that no change hides an entry from it. */
  private List<Target> targets(Filter filter) throws IOException {
    try (Stream<Flow> flows = dump(filter)) {
      return flows.map(Target::of).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The least that a change of an entry needs to know about it. */
  private record Target(FlowIdentity flow, int status) {
    static Target of(Flow flow) {
      return new Target(flow.identity(), flow.status().bits());
    }
  }

  private interface Change {
    void write(MessageWriter writer, Target target);
  }

  private ChangeSummary changeAll(List<Target> flows, Change change) throws IOException {
    ChangeSummary summary = ChangeSummary.NONE;
    for (int from = 0; from < flows.size(); from += NetlinkRequests.MAX_BATCH) {
      List<Target> part =
          flows.subList(from, Math.min(flows.size(), from + NetlinkRequests.MAX_BATCH));
      int[] errnos =
          requests.batch(part.size(), (writer, index) -> change.write(writer, part.get(index)));
      for (int errno : errnos) {
        summary = summary.plus(errno);
      }
    }
    return summary;
  }

  @Override
  public void flush() throws IOException {
    requests.execute("conntrack flush", ConntrackRequest::flush);
  }

  /**
   * What the kernel can choose itself it deletes by one request; anything else is read and deleted
   * one by one. A kernel that does not know a condition would pass over it and delete too much, so
   * it is asked by a dump first: what it leaves out of a dump it leaves out of a flush.
   */
  @Override
  public void flush(Filter filter) throws IOException {
    if (filter.isAll()) {
      flush();
    } else if (!KernelFlush.isExact(filter)) {
      deleteAll(filter);
    } else {
      switch (KernelFlush.ask(namespace, filter)) {
        case UNDERSTOOD ->
            requests.execute("conntrack flush", writer -> ConntrackRequest.flush(writer, filter));
        case NOT_UNDERSTOOD -> deleteAll(filter);
        case NOTHING_THERE -> {}
      }
    }
  }

  @Override
  public TableStats stats() throws IOException {
    AttributeCursor cursor = new AttributeCursor();
    long[] numbers = new long[3];
    requests.execute(
        "conntrack stats",
        ConntrackRequest::stats,
        message -> StatsDecoder.into(numbers, message, cursor));
    return new TableStats(numbers[1], numbers[2]);
  }

  @Override
  public List<CpuStats> cpuStats() throws IOException {
    return plainDump(CtAttribute.MESSAGE_STATS_CPU, StatsDecoder::cpu);
  }

  @Override
  public List<Expectation> expectations() throws IOException {
    ExpectationDecoder decoder = new ExpectationDecoder();
    return all("conntrack expectations", ExpectationRequest::dump, decoder::decode);
  }

  @Override
  public void createExpectation(Expectation expectation) throws IOException {
    requests.execute(
        "expectation create", writer -> ExpectationRequest.create(writer, expectation));
  }

  @Override
  public DeleteResult deleteExpectation(Expectation expectation) throws IOException {
    return result("expectation delete", writer -> ExpectationRequest.delete(writer, expectation));
  }

  @Override
  public void flushExpectations() throws IOException {
    requests.execute("expectation flush", ExpectationRequest::flush);
  }

  @Override
  public List<Flow> dying() throws IOException {
    FlowDecoder decoder = new FlowDecoder();
    return plainDump(CtAttribute.MESSAGE_DYING, decoder::decode);
  }

  private interface Decoder<T> {
    @Nullable T decode(NetlinkMessages message);
  }

  private <T> List<T> plainDump(int message, Decoder<T> decoder) throws IOException {
    return all(
        "conntrack statistics", writer -> ConntrackRequest.dumpPlain(writer, message), decoder);
  }

  private <T> List<T> all(String what, Consumer<MessageWriter> request, Decoder<T> decoder)
      throws IOException {
    List<T> all = new ArrayList<>();
    try (NetlinkDump dump = new NetlinkDump(what, namespace, request)) {
      while (dump.next()) {
        T entry = decoder.decode(dump.message());
        if (entry != null) {
          all.add(entry);
        }
      }
    }
    return all;
  }

  @Override
  public EventSubscription listen(
      Set<EventKind> kinds, Filter filter, ListenOptions options, Consumer<ConntrackEvent> consumer)
      throws IOException {
    return KernelEvents.start(this, kinds, filter, options, consumer);
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  int portId() {
    return requests.portId();
  }

  /**
   * Returns {@code net.netfilter.nf_conntrack_NAME} of this namespace, empty when there is none.
   */
  public String setting(String name) throws IOException {
    if (!name.matches("[a-z0-9_]+")) {
      throw new IllegalArgumentException("name=" + name);
    }
    Path file = Path.of("/proc/sys/net/netfilter/nf_conntrack_" + name);
    return namespace.call(() -> Files.isReadable(file) ? Files.readString(file).strip() : "");
  }

  @Override
  public void close() {
    requests.close();
  }
}
