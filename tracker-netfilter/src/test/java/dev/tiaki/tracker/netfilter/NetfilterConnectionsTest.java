package dev.tiaki.tracker.netfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.ConntrackEvent;
import dev.tiaki.netfilter.conntrack.ConntrackOptions;
import dev.tiaki.netfilter.conntrack.EventKind;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.FlowSpec;
import dev.tiaki.netfilter.conntrack.FlowUpdate;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.conntrack.ListenOptions;
import dev.tiaki.netfilter.conntrack.ReplayConntrack;
import dev.tiaki.netfilter.conntrack.Tuple;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.tracker.ConnectionInfo;
import dev.tiaki.tracker.ConnectionTracker;
import dev.tiaki.tracker.DialerOptions;
import dev.tiaki.tracker.ListenerOptions;
import dev.tiaki.tracker.Role;
import dev.tiaki.tracker.kernel.KernelEntry;
import dev.tiaki.tracker.kernel.KernelView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The program's own connections in a network namespace of the test's own, joined with its table.
 */
class NetfilterConnectionsTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress SERVER = InetAddress.ofLiteral("192.0.2.2");
  private static final InetAddress SERVICE = InetAddress.ofLiteral("192.0.2.9");
  private static final InetAddress CLIENT6 = InetAddress.ofLiteral("2001:db8::1");
  private static final InetAddress SERVER6 = InetAddress.ofLiteral("2001:db8::2");

  /** Who asks for 192.0.2.9:80 gets 192.0.2.2:8080; connections to port 70 are in zone 5. */
  private static final String RULES =
      """
      table ip t {
        chain zones {
          type filter hook output priority -300;
          tcp dport 70 ct zone set 5
          tcp sport 70 ct zone set 5
        }
        chain incoming {
          type filter hook prerouting priority -300;
          tcp dport 70 ct zone set 5
          tcp sport 70 ct zone set 5
        }
        chain nat {
          type nat hook output priority -100;
          ip daddr 192.0.2.9 tcp dport 80 dnat to 192.0.2.2:8080
        }
      }
      table ip6 t {
        chain track {
          type filter hook output priority 0;
          ct state new accept
        }
      }
      """;

  private final String name = "tiaki-tracker-" + ProcessHandle.current().pid();
  private final ConnectionTracker tracker = ConnectionTracker.create();
  private boolean made;

  @BeforeEach
  void makeNamespace() throws Exception {
    if (!"root".equals(System.getProperty("user.name"))) {
      if (System.getenv("CI") != null) {
        fail("CI runs every test, but network namespaces need root");
      }
      Assumptions.abort("skipped: network namespaces need root");
    }
    shell("ip netns add " + name, "");
    made = true;
    String inside = "ip netns exec " + name + " ";
    shell(inside + "ip link set lo up", "");
    for (InetAddress each : List.of(CLIENT, SERVER, SERVICE)) {
      shell(inside + "ip addr add " + each.getHostAddress() + "/32 dev lo", "");
    }
    for (InetAddress each : List.of(CLIENT6, SERVER6)) {
      shell(inside + "ip -6 addr add " + each.getHostAddress() + "/128 dev lo nodad", "");
    }
    shell(inside + "sysctl -qw net.netfilter.nf_conntrack_acct=1", "");
    shell(inside + "nft -f -", RULES);
  }

  @AfterEach
  void removeNamespace() throws Exception {
    if (made) {
      shell("ip netns del " + name, "");
    }
  }

  private static void shell(String command, String input) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
  }

  private Conntrack table() throws IOException {
    return KernelConntrack.open(ConntrackOptions.inNamespace(name));
  }

  private <T> T inside(Callable<T> work) throws IOException {
    return NetworkNamespace.named(name).call(work);
  }

  /** Both ends of a tracked connection; some bytes have passed. */
  private record Pair(ServerSocket listener, Socket client, Socket server)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      client.close();
      server.close();
      listener.close();
    }
  }

  private Pair connect(InetAddress from, InetAddress to, int port, InetAddress dialed, int asked)
      throws IOException {
    return inside(() -> {
      ServerSocket listener =
          tracker.sockets().listen(new ServerSocket(port, 5, to), ListenerOptions.category("in"));
      SocketFactory factory =
          tracker
              .sockets()
              .socketFactory(SocketFactory.getDefault(), DialerOptions.category("out"));
      Socket client = factory.createSocket(dialed, asked, from, 0);
      Socket server = listener.accept();
      client.getOutputStream().write(new byte[1000]);
      assertThat(server.getInputStream().readNBytes(1000)).hasSize(1000);
      return new Pair(listener, client, server);
    });
  }

  private static KernelEntry entry(KernelView view, Role role) {
    return view.connections().stream()
        .filter(joined -> joined.connection().role() == role)
        .findFirst()
        .flatMap(KernelView.Joined::kernel)
        .orElseThrow();
  }

  @Test
  void both_ends_of_a_connection_meet_the_same_entry() throws IOException {
    try (Conntrack table = table();
        Pair pair = connect(CLIENT, SERVER, 81, SERVER, 81)) {
      KernelView view = KernelView.of(tracker, new NetfilterConnections(table));
      Tuple tuple = Tuple.tcp(CLIENT, pair.client().getLocalPort(), SERVER, 81);
      table.update(tuple, 0, FlowUpdate.mark(0x1234, FlowUpdate.WHOLE_MARK));
      KernelEntry seen = entry(view, Role.CLIENT);
      assertThat(seen).isEqualTo(entry(view, Role.SERVER));
      assertThat(seen.id()).isEqualTo(table.get(tuple, 0).orElseThrow().id());
      assertThat(seen.mark()).isEqualTo(0x1234);
      assertThat(seen.zone()).isZero();
      assertThat(seen.packets()).isGreaterThanOrEqualTo(4);
      assertThat(seen.bytes()).isGreaterThan(1000);
      assertThat(seen.replySource()).isEqualTo(new InetSocketAddress(SERVER, 81));
      assertThat(view.failures()).isZero();
    }
  }

  @Test
  void ipv6_is_found_too() throws IOException {
    try (Conntrack table = table();
        Pair _ = connect(CLIENT6, SERVER6, 81, SERVER6, 81)) {
      KernelView view = KernelView.of(tracker, new NetfilterConnections(table));
      assertThat(entry(view, Role.CLIENT)).isEqualTo(entry(view, Role.SERVER));
    }
  }

  @Test
  void translated_connections_are_found_from_either_side_and_tell_the_real_server()
      throws IOException {
    try (Conntrack table = table();
        Pair pair = connect(CLIENT, SERVER, 8080, SERVICE, 80)) {
      KernelView view = KernelView.of(tracker, new NetfilterConnections(table));
      KernelEntry client = entry(view, Role.CLIENT);
      assertThat(client.replySource()).isEqualTo(new InetSocketAddress(SERVER, 8080));
      assertThat(client.replyDestination())
          .isEqualTo(new InetSocketAddress(CLIENT, pair.client().getLocalPort()));
      assertThat(entry(view, Role.SERVER).id()).isEqualTo(client.id());
    }
  }

  @Test
  void a_connection_in_another_zone_is_found_where_that_is_looked_at() throws IOException {
    try (Conntrack table = table();
        Pair _ = connect(CLIENT, SERVER, 70, SERVER, 70)) {
      KernelView here = KernelView.of(tracker, new NetfilterConnections(table));
      assertThat(here.connections())
          .extracting(KernelView.Joined::kernel)
          .containsOnly(Optional.empty());
      KernelView both = KernelView.of(tracker, new NetfilterConnections(table, List.of(0, 5)));
      assertThat(entry(both, Role.CLIENT).zone()).isEqualTo(5);
      assertThat(entry(both, Role.SERVER).zone()).isEqualTo(5);
    }
  }

  @Test
  void kill_closes_the_socket_and_deletes_the_entry() throws Exception {
    BlockingQueue<ConntrackEvent> ended = new LinkedBlockingQueue<>();
    Filter port = Filter.ALL.destinationPort(81);
    ListenOptions listen = ListenOptions.DEFAULTS.withMirror(false);
    try (Conntrack table = table();
        var _ = table.listen(EnumSet.of(EventKind.DESTROY), port, listen, ended::add);
        Pair pair = connect(CLIENT, SERVER, 81, SERVER, 81)) {
      KernelView view = KernelView.of(tracker, new NetfilterConnections(table));
      long id = entry(view, Role.CLIENT).id();
      ConnectionInfo dialed =
          tracker.connections().stream()
              .filter(info -> info.role() == Role.CLIENT)
              .findFirst()
              .orElseThrow();
      assertThat(view.kill(dialed)).isTrue();
      assertThat(pair.client().isClosed()).isTrue();
      assertThat(tracker.connections())
          .extracting(ConnectionInfo::role)
          .containsExactly(Role.SERVER);
      assertThat(view.kill(dialed)).isFalse();
      assertThat(ended.poll(30, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              ConntrackEvent.Destroyed.class,
              event -> {
                assertThat(event.flow().id()).isEqualTo(id);
                assertThat(event.portId()).as("who deleted it").isNotZero();
              });
    }
  }

  @Test
  void an_entry_that_took_the_place_of_the_old_one_is_left_alone() throws IOException {
    ReplayConntrack table = new ReplayConntrack();
    InetSocketAddress from = new InetSocketAddress(CLIENT, 40_000);
    InetSocketAddress to = new InetSocketAddress(SERVER, 80);
    Tuple tuple = Tuple.tcp(CLIENT, 40_000, SERVER, 80);
    table.create(FlowSpec.of(tuple, 100));
    NetfilterConnections connections = new NetfilterConnections(table);
    KernelEntry old = connections.find(from, to).orElseThrow();
    table.flush();
    table.create(FlowSpec.of(tuple, 100));
    assertThat(connections.delete(from, to, old)).isFalse();
    assertThat(table.count(Filter.ALL)).isEqualTo(1);
    assertThat(connections.delete(from, to, connections.find(from, to).orElseThrow())).isTrue();
    assertThat(connections.find(from, to)).isEmpty();
  }
}
