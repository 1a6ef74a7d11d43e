package dev.tiaki.netfilter.conntrack;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.netfilter.format.FlowJson;
import dev.tiaki.netfilter.format.FlowText;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The flows that the helper of FTP expects, and those that a program does. */
class KernelExpectationsTest {
  private static final Set<EventKind> EXPECTATIONS =
      EnumSet.of(EventKind.EXPECTATION_NEW, EventKind.EXPECTATION_DESTROY);

  private final BlockingQueue<ConntrackEvent> events = new LinkedBlockingQueue<>();
  private TestNamespace network;
  private KernelConntrack table;

  @BeforeEach
  void open() throws IOException {
    network = TestNamespace.create();
    table = network.conntrack();
    network.nft(
        """
        table ip helpers {
          ct helper transfer {
            type "ftp" protocol tcp
          }
          chain output {
            type filter hook output priority 0;
            tcp dport 21 ct helper set "transfer"
          }
        }
        """);
  }

  @AfterEach
  void close() {
    if (table != null) {
      table.close();
      network.close();
    }
  }

  /** The helper looks at lines whose beginning it has seen: not at the first. */
  private static void announce(TestNamespace.TcpPair control) throws IOException {
    for (String line : List.of("USER ftp\r\n", "PORT 192,0,2,1,4,1\r\n")) {
      control.client().getOutputStream().write(line.getBytes(UTF_8));
      assertThat(control.server().getInputStream().readNBytes(line.length()))
          .isEqualTo(line.getBytes(UTF_8));
    }
  }

  private Flow controlFlow() throws IOException {
    try (Stream<Flow> flows = table.dump(Filter.ALL.destinationPort(21))) {
      return flows.findFirst().orElseThrow();
    }
  }

  @Test
  void a_helper_expects_the_data_connection_that_ftp_announces() throws IOException {
    try (var control = network.tcp(CLIENT, SERVER, 21)) {
      announce(control);
      assertThat(table.expectations())
          .singleElement()
          .satisfies(expected -> {
            assertThat(expected.helper()).isEqualTo("ftp");
            assertThat(expected.master()).isEqualTo(controlFlow().original());
            assertThat(expected.tuple().source()).isEqualTo(SERVER);
            assertThat(expected.tuple().destination()).isEqualTo(CLIENT);
            assertThat(expected.tuple().destinationPort()).isEqualTo(4 * 256 + 1);
            assertThat(expected.timeoutSeconds()).isPositive();
          });
      assertThat(controlFlow().helper()).isEqualTo("ftp");
      network.tcp(SERVER, CLIENT, 4 * 256 + 1).close();
      try (Stream<Flow> flows = table.dump(Filter.ALL.destinationPort(4 * 256 + 1))) {
        assertThat(flows)
            .singleElement()
            .satisfies(data -> {
              assertThat(data.status().has(Status.EXPECTED)).isTrue();
              assertThat(data.master()).isEqualTo(controlFlow().original());
            });
      }
      assertThat(table.expectations()).isEmpty();
    }
  }

  @Test
  void an_expectation_reads_as_conntrack_prints_it() throws IOException {
    try (var control = network.tcp(CLIENT, SERVER, 21)) {
      announce(control);
      String printed =
          network
              .run("sh", "-c", "conntrack -L expect 2>/dev/null")
              .strip()
              .replaceAll("^\\d+ ", "");
      String ours = FlowText.SHORT.line(table.expectations().getFirst());
      assertThat(ours.replaceAll("^\\d+ ", "")).startsWith(printed.replaceAll("\\s+", " "));
      assertThat(FlowJson.of(table.expectations().getFirst()).toString())
          .contains("\"helper\":\"ftp\"", "\"dport\":1025");
    }
  }

  @Test
  void a_program_expects_and_forgets_and_all_of_it_is_told() throws Exception {
    // flows that began before anybody listened expect in silence
    try (var _ = table.listen(EXPECTATIONS, Filter.ALL, ListenOptions.DEFAULTS, events::add);
        var control = network.tcp(CLIENT, SERVER, 21)) {
      announce(control);
      ConntrackEvent.ExpectationCreated told = (ConntrackEvent.ExpectationCreated) next();
      assertThat(told.portId()).isZero();
      Expectation made = onPort(told.expectation(), 4000);
      table.createExpectation(made);
      // ftp expects one data connection at a time: the new one takes the old one's place
      assertThat(told(ConntrackEvent.ExpectationDestroyed.class, told.expectation().tuple()))
          .isZero();
      assertThat(told(ConntrackEvent.ExpectationCreated.class, made.tuple()))
          .isEqualTo(table.portId());
      Expectation present = table.expectations().getFirst();
      assertThat(present.tuple()).isEqualTo(made.tuple());
      assertThat(table.deleteExpectation(present)).isEqualTo(DeleteResult.DELETED);
      assertThat(table.deleteExpectation(present)).isEqualTo(DeleteResult.ALREADY_GONE);
      told(ConntrackEvent.ExpectationDestroyed.class, made.tuple());
      table.createExpectation(made);
      told(ConntrackEvent.ExpectationCreated.class, made.tuple());
      table.flushExpectations();
      told(ConntrackEvent.ExpectationDestroyed.class, made.tuple());
      assertThat(table.expectations()).isEmpty();
    }
  }

  private ConntrackEvent next() throws InterruptedException {
    ConntrackEvent event = events.poll(30, TimeUnit.SECONDS);
    while (event instanceof ConntrackEvent.OldFlowsAreSilent) {
      event = events.poll(30, TimeUnit.SECONDS);
    }
    assertThat(event).isNotNull();
    return event;
  }

  /** Awaits such an event of such a flow; returns whose request caused it. */
  private int told(Class<? extends ConntrackEvent.OfExpectation> kind, Tuple tuple)
      throws InterruptedException {
    while (true) {
      if (next() instanceof ConntrackEvent.OfExpectation event
          && kind.isInstance(event)
          && event.expectation().tuple().equals(tuple)) {
        return switch (event) {
          case ConntrackEvent.ExpectationCreated created -> created.portId();
          case ConntrackEvent.ExpectationDestroyed destroyed -> destroyed.portId();
        };
      }
    }
  }

  private static Expectation onPort(Expectation like, int port) {
    Tuple tuple = Tuple.tcp(SERVER, 0, CLIENT, port);
    return new Expectation(
        like.master(), tuple, like.mask(), 60, Flow.ABSENT, "ftp", 0, 0, like.expectClass());
  }

  @Test
  void a_master_without_a_helper_expects_nothing() throws IOException {
    Tuple plain = Tuple.tcp(CLIENT, 1, SERVER, 80);
    Tuple mask = Tuple.tcp(CLIENT, 0, CLIENT, 0xffff);
    Expectation wish =
        new Expectation(plain, Tuple.tcp(SERVER, 0, CLIENT, 5), mask, 60, -1, null, 0, 0, 0);
    assertThatThrownBy(() -> table.createExpectation(wish)).hasMessageContaining("ENOENT");
    table.create(FlowSpec.of(plain, 100));
    assertThatThrownBy(() -> table.createExpectation(wish)).hasMessageContaining("EOPNOTSUPP");
    assertThat(new ReplayConntrack().dying()).isEmpty();
  }
}
