package dev.tiaki.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConnectionInfoTest {
  private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 8080);
  private static final InetSocketAddress THERE = new InetSocketAddress("::1", 40000);

  @Test
  void it_prints_the_seven_facts() {
    ConnectionInfo info =
        new ConnectionInfo(
            1, "web", Role.SERVER, HERE, THERE, Instant.EPOCH, Duration.ofMillis(12_400), 258, 192);
    assertThat(info.toString())
        .isEqualTo(
            """
             Category:       web
             ClientServer:   server
             LocalAddr:      127.0.0.1:8080
             RemoteAddr:     [0:0:0:0:0:0:0:1]:40000
             EstablishedFor: 12.4s
             ReadBytes:      258
             WriteBytes:     192
            """);
    assertThat(info.toJson())
        .isEqualTo(
            "{\"id\":1,\"category\":\"web\",\"clientServer\":\"server\",\"localAddr\":\"127.0.0.1:8080\","
                + "\"remoteAddr\":\"[0:0:0:0:0:0:0:1]:40000\",\"establishedFor\":12.400000000,"
                + "\"readBytes\":258,\"writeBytes\":192}");
  }

  @Test
  void a12_the_order_compares_field_by_field() {
    ConnectionTracker tracker = ConnectionTracker.create();
    tracker.register(() -> {}, null, THERE, Role.CLIENT, TrackingOptions.category("b"));
    tracker.register(() -> {}, null, HERE, Role.SERVER, TrackingOptions.category("a"));
    tracker.register(() -> {}, null, HERE, Role.CLIENT, TrackingOptions.category("ab"));
    tracker.register(() -> {}, null, HERE, Role.CLIENT, TrackingOptions.category("a"));
    tracker.register(() -> {}, HERE, HERE, Role.CLIENT, TrackingOptions.category("a"));
    assertThat(tracker.connections())
        .extracting(ConnectionInfo::id)
        .containsExactly(5L, 4L, 2L, 3L, 1L);
  }

  @Test
  void addresses_of_connections_that_do_not_exist_are_text_as_well() {
    assertThat(Addresses.local(null)).isEqualTo("<nil>");
    assertThat(Addresses.remote(null)).isEqualTo("<nil>");
  }

  @Test
  void durations_read_like_a_clock() {
    assertThat(DurationText.of(Duration.ofMillis(850))).isEqualTo("850ms");
    assertThat(DurationText.of(Duration.ofSeconds(200))).isEqualTo("3m20s");
    assertThat(DurationText.of(Duration.ofSeconds(18_432))).isEqualTo("5h07m12s");
  }

  @Test
  void json_quotes_what_needs_it() {
    assertThat(JsonText.quote("a\"b\\c\n")).isEqualTo("\"a\\\"b\\\\c\\u000a\"");
  }
}
