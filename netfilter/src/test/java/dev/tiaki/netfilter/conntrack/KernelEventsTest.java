package dev.tiaki.netfilter.conntrack;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelEventsTest {
  private static final Set<EventKind> EVERYTHING = EventKind.OF_FLOWS;

  private final BlockingQueue<ConntrackEvent> events = new LinkedBlockingQueue<>();
  private TestNamespace network;
  private KernelConntrack table;

  @BeforeEach
  void open() throws IOException {
    network = TestNamespace.create();
    table = network.conntrack();
  }

  @AfterEach
  void close() {
    if (table != null) {
      table.close();
      network.close();
    }
  }

  /** Takes events until one is as asked; returns all of them. */
  private List<ConntrackEvent> until(Predicate<ConntrackEvent> last) throws InterruptedException {
    List<ConntrackEvent> taken = new ArrayList<>();
    while (true) {
      ConntrackEvent event = events.poll(30, TimeUnit.SECONDS);
      assertThat(event).as("after %s", taken).isNotNull();
      taken.add(event);
      if (last.test(event)) {
        return taken;
      }
    }
  }

  private static boolean isEnd(ConntrackEvent event) {
    return event instanceof ConntrackEvent.Destroyed;
  }

  private static Filter http() {
    return Filter.ALL.protocol(IpProtocol.TCP).destinationPort(80);
  }

  @Test
  void a_connections_life_is_told_state_by_state() throws Exception {
    network.nft(TestNamespace.TRACK);
    try (var _ = table.listen(EVERYTHING, http(), ListenOptions.DEFAULTS, events::add)) {
      network.tcp(CLIENT, SERVER, 80).close();
      until(event ->
          event instanceof ConntrackEvent.Updated(Flow flow, _, _)
              && flow.stateName().equals("TIME_WAIT"));
      table.deleteAll(http());
      List<ConntrackEvent> end = until(KernelEventsTest::isEnd);
      assertThat(end.getLast())
          .isInstanceOfSatisfying(
              ConntrackEvent.Destroyed.class,
              event -> assertThat(event.portId()).isEqualTo(table.portId()));
    }
  }

  @Test
  void states_come_in_their_order() throws Exception {
    network.nft(TestNamespace.TRACK);
    List<String> told = new ArrayList<>();
    try (var _ = table.listen(EVERYTHING, http(), ListenOptions.DEFAULTS, events::add)) {
      network.tcp(CLIENT, SERVER, 80).close();
      List<ConntrackEvent> life =
          until(event ->
              event instanceof ConntrackEvent.OfFlow of
                  && of.flow().stateName().equals("TIME_WAIT"));
      for (ConntrackEvent event : life) {
        if (event instanceof ConntrackEvent.OfFlow of) {
          told.add(of.kind() + " " + of.flow().stateName());
        }
      }
    }
    assertThat(told)
        .startsWith("NEW SYN_SENT", "UPDATE SYN_RECV", "UPDATE ESTABLISHED", "UPDATE FIN_WAIT")
        .endsWith("UPDATE TIME_WAIT");
  }

  @Test
  void only_the_kinds_that_were_asked_for_are_told() throws Exception {
    try (var _ =
        table.listen(
            EnumSet.of(EventKind.DESTROY), Filter.ALL, ListenOptions.DEFAULTS, events::add)) {
      table.create(FlowSpec.of(Tuple.udp(CLIENT, 1, SERVER, 2), 100));
      table.update(Tuple.udp(CLIENT, 1, SERVER, 2), 0, FlowUpdate.mark(1, 1));
      table.flush();
      assertThat(until(KernelEventsTest::isEnd)).hasSize(1);
    }
  }

  @Test
  void events_without_the_status_asked_for_do_not_reach_the_reader() throws Exception {
    Filter translated = Filter.ALL.status(Status.SOURCE_NAT | Status.DESTINATION_NAT);
    // the queue holds a few events and the reader is slow: the others would make it run over
    ListenOptions options =
        ListenOptions.DEFAULTS.withMirror(false).withReceiveBufferBytes(4096).withGatherMillis(500);
    try (var _ = table.listen(EnumSet.of(EventKind.NEW), translated, options, events::add)) {
      for (int i = 0; i < 200; i++) {
        table.create(FlowSpec.of(Tuple.udp(CLIENT, 1000 + i, SERVER, 53), 1000));
      }
      Tuple both = Tuple.udp(CLIENT, 1, SERVER, 2);
      table.create(
          FlowSpec.of(both, 1000)
              .withSourceNat(new NatTarget(SERVER, 7))
              .withDestinationNat(new NatTarget(CLIENT, 9)));
      assertThat(until(ConntrackEvent.Created.class::isInstance))
          .singleElement()
          .isInstanceOfSatisfying(
              ConntrackEvent.Created.class,
              event -> assertThat(event.flow().original()).isEqualTo(both));
    }
  }

  @Test
  void flows_older_than_the_subscription_are_said_to_be_silent() throws Exception {
    network.setting("events", "2");
    table.create(FlowSpec.of(Tuple.udp(CLIENT, 1, SERVER, 2), 100));
    try (EventSubscription subscription =
        table.listen(EVERYTHING, Filter.ALL, ListenOptions.DEFAULTS, events::add)) {
      assertThat(events.poll(30, TimeUnit.SECONDS))
          .isEqualTo(new ConntrackEvent.OldFlowsAreSilent(1));
      assertThat(subscription.mirror()).hasSize(1);
      table.flush();
      subscription.resynchronise();
      List<ConntrackEvent> told = until(ConntrackEvent.Resynchronised.class::isInstance);
      assertThat(told).anyMatch(KernelEventsTest::isEnd);
      assertThat(subscription.mirror()).isEmpty();
    }
  }

  @Test
  void with_events_switched_on_old_flows_are_not_silent() throws Exception {
    network.setting("events", "1");
    table.create(FlowSpec.of(Tuple.udp(CLIENT, 1, SERVER, 2), 100));
    try (var _ = table.listen(EVERYTHING, Filter.ALL, ListenOptions.DEFAULTS, events::add)) {
      table.flush();
      assertThat(until(KernelEventsTest::isEnd)).hasSize(1);
    }
  }

  @Test
  void a_stalled_reader_loses_events_says_so_and_catches_up() throws Exception {
    CountDownLatch stalled = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ListenOptions small = ListenOptions.DEFAULTS.withReceiveBufferBytes(1 << 16);
    try (EventSubscription subscription =
        table.listen(
            EVERYTHING,
            Filter.ALL,
            small,
            event -> {
              events.add(event);
              stalled.countDown();
              await(go);
            })) {
      table.create(FlowSpec.of(Tuple.udp(CLIENT, 1, SERVER, 1), 1000));
      stalled.await();
      lives(10_000);
      go.countDown();
      List<ConntrackEvent> told = until(ConntrackEvent.Resynchronised.class::isInstance);
      assertThat(told).anyMatch(ConntrackEvent.Overrun.class::isInstance);
      assertThat(subscription.overruns()).isPositive();
      lastEvent(subscription);
      assertThat(comparable(subscription.mirror())).isEqualTo(comparable(dump()));
      assertThat(dump()).hasSize(102);
    }
  }

  /** What did not fit waits in the kernel, where it can be seen, and comes in the end. */
  @Test
  void a_reliable_listener_hears_of_every_end_however_slow_it_is() throws Exception {
    CountDownLatch stalled = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    int flows = 2000;
    ListenOptions reliable =
        ListenOptions.DEFAULTS.withReceiveBufferBytes(4096).withMirror(false).withReliable(true);
    try (EventSubscription subscription =
        table.listen(
            EnumSet.of(EventKind.DESTROY),
            Filter.ALL,
            reliable,
            event -> {
              events.add(event);
              stalled.countDown();
              await(go);
            })) {
      for (int i = 0; i < flows; i++) {
        table.create(FlowSpec.of(Tuple.udp(CLIENT, 1 + i, SERVER, 53), 1000));
      }
      table.flush();
      stalled.await();
      assertThat(table.count(Filter.ALL)).isPositive(); // the dying count as entries
      assertThat(table.dying()).isNotEmpty().allMatch(flow -> flow.status().has(Status.DYING));
      go.countDown();
      Set<Tuple> ended = new HashSet<>();
      while (ended.size() < flows) {
        if (until(KernelEventsTest::isEnd).getLast() instanceof ConntrackEvent.OfFlow event) {
          ended.add(event.flow().original());
        }
      }
      assertThat(subscription.overruns()).isPositive();
      assertThat(table.dying()).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each flow begins, changes and ends, but every hundredth, which stays. */
  private void lives(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Tuple tuple = Tuple.udp(CLIENT, 1000 + i, SERVER, 53);
      table.create(FlowSpec.of(tuple, 1000));
      table.update(tuple, 0, FlowUpdate.mark(i, 0xffff));
      if (i % 100 != 0) {
        table.delete(table.get(tuple, 0).orElseThrow());
      }
    }
  }

  /** What happens now is told after everything before. */
  private void lastEvent(EventSubscription subscription) throws Exception {
    Tuple last = Tuple.udp(CLIENT, 2, SERVER, 2);
    table.create(FlowSpec.of(last, 1000));
    subscription.resynchronise();
    until(event -> event instanceof ConntrackEvent.OfFlow of && of.flow().original().equals(last));
    until(ConntrackEvent.Resynchronised.class::isInstance);
  }

  private List<Flow> dump() throws IOException {
    try (Stream<Flow> flows = table.dump(Filter.ALL)) {
      return flows.toList();
    }
  }

  private static Set<String> comparable(List<Flow> flows) {
    return flows.stream()
        .map(flow -> flow.identity() + " " + flow.mark() + " " + flow.status())
        .collect(Collectors.toSet());
  }

  @Test
  void closing_ends_the_reader() throws Exception {
    EventSubscription subscription =
        table.listen(EVERYTHING, Filter.ALL, ListenOptions.DEFAULTS, events::add);
    subscription.close();
    subscription.close();
    table.create(FlowSpec.of(Tuple.udp(CLIENT, 1, SERVER, 2), 100));
    assertThat(events).isEmpty();
  }
}
