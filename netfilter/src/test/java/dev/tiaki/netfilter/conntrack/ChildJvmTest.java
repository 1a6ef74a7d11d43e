package dev.tiaki.netfilter.conntrack;

import static dev.tiaki.netfilter.testing.TestNamespace.CLIENT;
import static dev.tiaki.netfilter.testing.TestNamespace.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.netfilter.connections.ConnectionsApi;
import dev.tiaki.netfilter.connections.ConnectionsSettings;
import dev.tiaki.netfilter.testing.ChildJvm;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What needs a process of its own: a small heap, and no privileges. */
class ChildJvmTest {
  private static final int FLOWS = 50_000;

  /** Counts the flows of a namespace. */
  static final class CountFlows {
    private CountFlows() {}

    public static void main(String[] arguments) throws IOException {
      try (KernelConntrack table =
              KernelConntrack.open(ConntrackOptions.inNamespace(arguments[0]));
          Stream<Flow> flows = table.dump(Filter.ALL)) {
        System.out.println(flows.filter(flow -> flow.original().sourcePort() > 0).count());
      }
    }
  }

  /** Tries everything that needs CAP_NET_ADMIN. */
  static final class TryAll {
    private TryAll() {}

    public static void main(String[] arguments) throws IOException {
      try (KernelConntrack table = KernelConntrack.open(ConntrackOptions.DEFAULTS)) {
        say(() -> table.dump(Filter.ALL).close());
        say(table::stats);
        say(table::flush);
        say(() ->
            table.listen(
                EnumSet.allOf(EventKind.class), Filter.ALL, ListenOptions.DEFAULTS, event -> {}));
        System.out.println(
            new ConnectionsApi(table, ConnectionsSettings.DEFAULTS)
                .read("{\"action\":\"conntrack\"}")
                .json());
      }
    }

    /** Something that throws. */
    private interface Attempt {
      void run() throws IOException;
    }

    private static void say(Attempt attempt) {
      try {
        attempt.run();
        System.out.println("allowed");
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void fifty_thousand_entries_are_dumped_with_a_heap_of_64_megabytes() throws Exception {
    try (TestNamespace network = TestNamespace.create();
        KernelConntrack table = network.conntrack()) {
      for (int i = 0; i < FLOWS; i++) {
        table.create(FlowSpec.of(Tuple.udp(CLIENT, 1 + i, SERVER, 53), 1000));
      }
      ChildJvm.Result result =
          ChildJvm.run(
              List.of(), List.of("-Xmx64m", "-XX:+UseSerialGC"), CountFlows.class, network.name());
      assertThat(result.output().strip()).isEqualTo(Integer.toString(FLOWS));
      assertThat(result.exitStatus()).isZero();
    }
  }

  @Test
  void without_the_privilege_every_operation_says_which_one_is_missing() throws Exception {
    try (TestNamespace network = TestNamespace.create()) {
      List<String> prefix =
          network.command("setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin");
      ChildJvm.Result result = ChildJvm.run(prefix, List.of(), TryAll.class);
      List<String> lines = result.output().strip().lines().toList();
      assertThat(lines).hasSize(5);
      assertThat(lines.subList(0, 4))
          .allSatisfy(line -> assertThat(line).contains("EPERM").contains("CAP_NET_ADMIN"));
      assertThat(lines.getLast()).contains("\"GenericError\"");
    }
  }
}
