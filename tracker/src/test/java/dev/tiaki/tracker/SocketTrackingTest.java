package dev.tiaki.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SocketTrackingTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final ConnectionTracker tracker = ConnectionTracker.create();
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  private Socket connect(int port, DialerOptions options) throws IOException {
    return tracker
        .sockets()
        .socketFactory(SocketFactory.getDefault(), options)
        .createSocket(LOOPBACK, port);
  }

  private DialerOptions recording(String category) {
    return DialerOptions.category(category)
        .onDial((n, a, c, e) -> events.add("dial " + n + " " + a + " " + e))
        .onClose((c, e) -> events.add("close " + e));
  }

  private ListenerOptions listening(String category) {
    return ListenerOptions.category(category)
        .onAccept((c, e) -> events.add("accept " + Addresses.remote(c) + " " + e))
        .onClose((c, e) -> events.add("close " + e));
  }

  @Test
  void a01_dialed_connections_are_listed_until_they_are_closed() throws IOException {
    try (Echo echo = new Echo(Echo.loopback())) {
      String address = "127.0.0.1:" + echo.port();
      Socket first = connect(echo.port(), recording("out").context("first"));
      Socket second = connect(echo.port(), recording("out").context("second"));
      assertThat(events)
          .containsExactly("dial tcp " + address + " null", "dial tcp " + address + " null");
      assertThat(tracker.connections())
          .hasSize(2)
          .allSatisfy(info -> {
            assertThat(info.category()).isEqualTo("out");
            assertThat(info.role()).isEqualTo(Role.CLIENT);
            assertThat(Addresses.text(info.remoteAddress())).isEqualTo(address);
          });
      TrackedConnection tracked = ((TrackedSocket) second).tracked();
      assertThat(tracked).isNotNull();
      assertThat(tracked.context()).isEqualTo("second");

      second.close();
      assertThat(tracker.size()).isEqualTo(1);
      first.close();
      assertThat(tracker.connections()).isEmpty();
      assertThat(events).filteredOn(e -> e.equals("close null")).hasSize(2);
    }
  }

  @Test
  void a01_accepted_connections_are_listed_with_their_exact_addresses() throws Exception {
    ServerSocket server = tracker.sockets().listen(Echo.loopback(), listening("in"));
    Socket client = new Socket(LOOPBACK, server.getLocalPort());
    Socket accepted = server.accept();
    assertThat(events).containsExactly("accept 127.0.0.1:" + client.getLocalPort() + " null");
    ConnectionInfo info = tracker.connections().getFirst();
    assertThat(info.role()).isEqualTo(Role.SERVER);
    assertThat(info.localAddress()).isEqualTo(client.getRemoteSocketAddress());
    assertThat(info.remoteAddress()).isEqualTo(client.getLocalSocketAddress());

    client.close();
    assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    assertThat(tracker.size()).isEqualTo(1);
    accepted.close();
    assertThat(tracker.size()).isZero();

    server.close();
    assertThatThrownBy(server::accept).isInstanceOf(IOException.class);
    assertThat(events.getLast()).startsWith("accept <nil> java.net.SocketException");
  }

  @Test
  void a02_bytes_are_counted_exactly_over_partial_reads() throws Exception {
    byte[] sent = new byte[1 << 20];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = (byte) (i * 31);
    }
    try (Echo echo = new Echo(Echo.loopback());
        Socket socket = connect(echo.port(), DialerOptions.DEFAULTS)) {
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  socket.getOutputStream().write(sent[0]);
                  socket.getOutputStream().write(sent, 1, sent.length - 1);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo(sent[0] & 0xff);
      assertThat(in.skip(5)).isEqualTo(5);
      assertThat(in.readNBytes(sent.length - 6)).hasSize(sent.length - 6);
      writer.join();
      ConnectionInfo info = tracker.connections().getFirst();
      assertThat(info.readBytes()).isEqualTo(1 << 20);
      assertThat(info.writtenBytes()).isEqualTo(1 << 20);
    }
  }

  @Test
  void a02_what_went_out_before_an_interrupted_write_is_counted() throws IOException {
    try (Echo echo = new Echo(Echo.loopback());
        Socket socket = connect(echo.port(), DialerOptions.DEFAULTS)) {
      socket.getOutputStream().write(new byte[10]);
      socket.close();
      assertThatThrownBy(() -> socket.getOutputStream().write(new byte[10]))
          .isInstanceOf(IOException.class);
      TrackedConnection tracked = ((TrackedSocket) socket).tracked();
      assertThat(tracked).isNotNull();
      assertThat(tracked.writtenBytes()).isEqualTo(10);
    }
  }

  @Test
  void a03_callbacks_come_after_the_operation_and_after_the_list_has_changed() throws IOException {
    List<String> seen = new ArrayList<>();
    DialerOptions options =
        DialerOptions.category("order")
            .onDial((n, a, c, e) -> seen.add("dial, listed " + tracker.size()))
            .onWrite((c, n, e) -> seen.add("wrote " + n + ", counted " + c.writtenBytes()))
            .onRead((c, n, e) -> seen.add("read " + n + ", counted " + c.readBytes()))
            .onClose((c, e) -> seen.add("close, listed " + tracker.size()));
    try (Echo echo = new Echo(Echo.loopback())) {
      Socket socket = connect(echo.port(), options);
      socket.getOutputStream().write("four".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(4)).hasSize(4);
      socket.close();
    }
    assertThat(seen.getFirst()).isEqualTo("dial, listed 1");
    assertThat(seen.get(1)).isEqualTo("wrote 4, counted 4");
    assertThat(seen).contains("read 4, counted 4");
    assertThat(seen.getLast()).isEqualTo("close, listed 0");
  }

  @Test
  void a04_a_failed_dial_tells_why_and_lists_nothing() throws IOException {
    int nobody;
    try (ServerSocket closed = Echo.loopback()) {
      nobody = closed.getLocalPort();
    }
    assertThatThrownBy(() -> connect(nobody, recording("out")))
        .isInstanceOf(ConnectException.class);
    assertThat(events).hasSize(1);
    assertThat(events.getFirst()).startsWith("dial tcp 127.0.0.1:" + nobody + " java.net.Connect");
    assertThat(tracker.connections()).isEmpty();
  }

  @Test
  void a04_an_unconnected_socket_is_registered_when_it_connects() throws IOException {
    try (Echo echo = new Echo(Echo.loopback())) {
      Socket socket =
          tracker
              .sockets()
              .socketFactory(SocketFactory.getDefault(), recording("late"))
              .createSocket();
      assertThat(tracker.size()).isZero();
      assertThatThrownBy(socket::getInputStream).hasMessage("Socket is not connected");
      socket.connect(InetSocketAddress.createUnresolved("localhost", 1), 1);
    } catch (IOException unresolved) {
      assertThat(events).hasSize(1);
      assertThat(events.getFirst()).startsWith("dial tcp localhost:1 ");
    }
    assertThat(tracker.size()).isZero();
  }

  @Test
  void a04_a_dialer_is_asked_for_the_address_as_it_was_written() throws IOException {
    try (Echo echo = new Echo(Echo.loopback())) {
      Dialer dialer = tracker.sockets().dialer(Dialer.PLAIN, recording("dialer"));
      Socket socket = dialer.dial("localhost", echo.port(), Duration.ofSeconds(5));
      assertThat(events).containsExactly("dial tcp localhost:" + echo.port() + " null");
      socket.close();
      assertThatThrownBy(() -> dialer.dial("127.0.0.1", 1, Duration.ofSeconds(5)))
          .isInstanceOf(IOException.class);
      assertThat(tracker.size()).isZero();
    }
  }

  @Test
  void a05_a_connection_that_its_owner_forgets_stays_listed_and_shows_as_a_leak() throws Exception {
    AtomicLong now = new AtomicLong();
    ConnectionTracker clocked = ConnectionTracker.create(now::get);
    ServerSocket server = clocked.sockets().listen(Echo.loopback(), ListenerOptions.DEFAULTS);
    Socket client = new Socket(LOOPBACK, server.getLocalPort());
    Socket accepted = server.accept();
    client.close();
    assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    now.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(clocked.leaks(Duration.ofMinutes(5))).hasSize(1);
    assertThat(clocked.leaks(Duration.ofMinutes(6))).isEmpty();
    accepted.close();
    assertThat(clocked.leaks(Duration.ZERO)).isEmpty();
    server.close();
  }

  @Test
  void a05_the_end_of_the_stream_removes_when_asked_to() throws Exception {
    AtomicReference<@Nullable IOException> end = new AtomicReference<>();
    ServerSocket server =
        tracker
            .sockets()
            .listen(
                Echo.loopback(),
                ListenerOptions.category("eof").removeOnEof(true).onRead((c, n, e) -> end.set(e)));
    Socket client = new Socket(LOOPBACK, server.getLocalPort());
    Socket accepted = server.accept();
    client.close();
    assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    assertThat(end.get()).isInstanceOf(EOFException.class);
    assertThat(tracker.size()).isZero();
    accepted.close();
    server.close();
  }

  @Test
  void a06_a_second_close_is_told_once_or_per_call_as_asked() throws IOException {
    try (Echo echo = new Echo(Echo.loopback())) {
      Socket once = connect(echo.port(), recording("once"));
      OutputStream out = once.getOutputStream();
      once.close();
      out.close();
      once.close();
      assertThat(events).filteredOn(e -> e.startsWith("close")).hasSize(1);

      Socket perCall =
          connect(echo.port(), recording("per call").closeEvents(CloseEvents.PER_CALL));
      perCall.close();
      perCall.close();
      assertThat(events).filteredOn(e -> e.startsWith("close")).hasSize(3);
    }
  }

  @Test
  void a07_a_close_that_fails_removes_all_the_same() {
    IOException broken = new IOException("broken");
    List<IOException> told = new ArrayList<>();
    TrackedConnection connection =
        tracker.register(
            () -> {
              throw broken;
            },
            null,
            null,
            Role.CLIENT,
            TrackingOptions.category("x").onClose((c, e) -> told.add(e)));
    assertThatThrownBy(connection::close).isSameAs(broken);
    assertThat(tracker.size()).isZero();
    assertThat(told).containsExactly(broken);
  }

  @Test
  void a08_a_thousand_virtual_threads_come_and_go_while_another_lists() throws Exception {
    int clients = 1_000;
    CountDownLatch connected = new CountDownLatch(clients);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicInteger failures = new AtomicInteger();
    ServerSocket server =
        tracker.sockets().listen(Echo.loopback(), ListenerOptions.category("server"));
    try (Echo echo = new Echo(server);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        threads.submit(() -> {
          try (Socket socket = connect(echo.port(), DialerOptions.category("client"))) {
            socket.getOutputStream().write(7);
            if (socket.getInputStream().read() != 7) {
              failures.incrementAndGet();
            }
            connected.countDown();
            leave.await();
          } catch (IOException | InterruptedException e) {
            failures.incrementAndGet();
            connected.countDown();
          }
        });
      }
      while (connected.getCount() > 0) {
        assertThat(tracker.connections()).hasSizeLessThanOrEqualTo(2 * clients);
      }
      assertThat(failures).hasValue(0);
      assertThat(tracker.connections()).hasSize(2 * clients);
      leave.countDown();
      for (int i = 0; i < 10_000 && tracker.size() > 0; i++) {
        tracker.connections();
      }
    }
    assertThat(tracker.connections()).noneMatch(info -> info.category().equals("client"));
  }

  @Test
  void a09_a_callback_that_throws_breaks_no_io() throws IOException {
    List<Throwable> handled = Collections.synchronizedList(new ArrayList<>());
    tracker.onCallbackError(handled::add);
    IllegalStateException mistake = new IllegalStateException("mistake");
    DialerOptions options =
        DialerOptions.category("x")
            .onWrite((c, n, e) -> {
              throw mistake;
            });
    try (Echo echo = new Echo(Echo.loopback())) {
      try (Socket socket = connect(echo.port(), options)) {
        socket.getOutputStream().write(1);
        assertThat(socket.getInputStream().read()).isEqualTo(1);
      }
      assertThat(handled).containsExactly(mistake);
      try (Socket socket = connect(echo.port(), options.callbackErrors(CallbackErrors.PROPAGATE))) {
        assertThatThrownBy(() -> socket.getOutputStream().write(1)).isSameAs(mistake);
      }
      assertThat(tracker.size()).isZero();
    }
  }

  @Test
  void a10_ages_follow_the_monotonic_clock_alone() {
    AtomicLong now = new AtomicLong(1_000);
    ConnectionTracker clocked = ConnectionTracker.create(now::get);
    clocked.register(() -> {}, null, null, Role.SERVER, TrackingOptions.DEFAULTS);
    now.addAndGet(1_500_000_000L);
    assertThat(clocked.connections().getFirst().establishedFor())
        .isEqualTo(Duration.ofMillis(1_500));
  }

  @Test
  void a_limit_refuses_the_connections_above_it_and_frees_places_again() throws Exception {
    ServerSocket server =
        tracker
            .sockets()
            .listen(Echo.loopback(), listening("few").maxConnections(1, OverLimit.REFUSE));
    Socket first = new Socket(LOOPBACK, server.getLocalPort());
    Socket accepted = server.accept();
    Socket refused = new Socket(LOOPBACK, server.getLocalPort());
    Thread next =
        Thread.ofVirtual()
            .start(() -> {
              try {
                server.accept();
              } catch (IOException e) {
                events.add("ended");
              }
            });
    assertThat(refused.getInputStream().read()).isEqualTo(-1);
    accepted.close();
    Socket third = new Socket(LOOPBACK, server.getLocalPort());
    next.join();
    assertThat(tracker.size()).isEqualTo(1);
    assertThat(events).anyMatch(e -> e.contains("refused, maxConnections=1"));
    for (AutoCloseable each : List.of(first, refused, third, server)) {
      each.close();
    }
  }

  @Test
  void a_limit_may_let_the_next_connection_wait_until_there_is_a_place() throws Exception {
    ListenerOptions one = listening("one").maxConnections(1, OverLimit.WAIT);
    try (ServerSocket server = tracker.sockets().listen(Echo.loopback(), one);
        Socket first = new Socket(LOOPBACK, server.getLocalPort());
        Socket second = new Socket(LOOPBACK, server.getLocalPort())) {
      Socket accepted = server.accept();
      server.setSoTimeout(1);
      assertThatThrownBy(server::accept)
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("maxConnections=1");
      accepted.close();
      server.setSoTimeout(0);
      try (Socket next = server.accept()) {
        assertThat(next.getPort()).isEqualTo(second.getLocalPort());
        assertThat(tracker.size()).isEqualTo(1);
      }
      assertThat(first.getInputStream().read()).isEqualTo(-1);
    }
  }

  /** Callbacks see what the thread that listened or dialed had bound, wherever they run. */
  @Test
  void scoped_values_of_the_opening_thread_are_carried_into_callbacks() throws Exception {
    ScopedValue<String> user = ScopedValue.newInstance();
    ScopedValue<String> unbound = ScopedValue.newInstance();
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    DialerOptions dialing =
        DialerOptions.category("out")
            .scopedValue(user)
            .scopedValue(unbound)
            .onWrite((c, n, e) -> seen.add("write " + user.get() + unbound.isBound()))
            .onClose((c, e) -> seen.add("close " + user.get()));
    ListenerOptions listening =
        ListenerOptions.category("in")
            .scopedValue(user)
            .onAccept((c, e) -> seen.add("accept " + user.get()));
    ServerSocket server =
        ScopedValue.where(user, "listener")
            .call(() -> tracker.sockets().listen(Echo.loopback(), listening));
    Socket socket =
        ScopedValue.where(user, "alice").call(() -> connect(server.getLocalPort(), dialing));
    server.accept().close();
    Thread other = Thread.ofVirtual().start(() -> writeAndClose(socket));
    other.join();
    server.close();
    assertThat(seen).containsExactly("accept listener", "write alicefalse", "close alice");
  }

  private static void writeAndClose(Socket socket) {
    try (socket) {
      socket.getOutputStream().write(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_tracker_with_a_million_entries_still_answers() {
    for (int i = 0; i < 1_000_000; i++) {
      tracker.register(() -> {}, null, null, Role.CLIENT, TrackingOptions.DEFAULTS);
    }
    assertThat(tracker.summary().count()).isEqualTo(1_000_000);
  }
}
