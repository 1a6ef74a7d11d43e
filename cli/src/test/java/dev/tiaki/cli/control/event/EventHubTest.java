package dev.tiaki.cli.control.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.alert.Alert;
import dev.tiaki.engine.alert.AlertContext;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventHubTest {
  private final EventHub hub = new EventHub();
  private final List<String> written = new ArrayList<>();
  private final LogOutput log = hub.around((section, level, message) -> written.add(message));

  private Subscription listen(Set<EventKind> kinds, LogLevel level) {
    return hub.subscribe(kinds, level, EventLayout.LINES);
  }

  private Subscription listenToAll() {
    return listen(EnumSet.allOf(EventKind.class), LogLevel.TRACE);
  }

  private static String next(Subscription subscription) {
    byte[] piece = subscription.poll();
    return piece == null ? null : new String(piece, StandardCharsets.UTF_8);
  }

  @Test
  void a_log_line_goes_its_way_and_to_who_listens() {
    Subscription listener = listenToAll();
    log.write("tcp", LogLevel.WARN, "odd");
    assertThat(written).containsExactly("odd");
    assertThat(next(listener))
        .startsWith("{\"type\":\"log\",\"time\":\"")
        .endsWith(",\"level\":\"warn\",\"section\":\"tcp\",\"message\":\"odd\"}\n");
    assertThat(next(listener)).isNull();
  }

  @Test
  void bytes_in_messages_are_read_as_utf8() {
    Subscription listener = listenToAll();
    log.write("lua", LogLevel.INFO, "gr\u00c3\u00bc\u00c3\u009f");
    assertThat(next(listener)).contains("\"message\":\"grüß\"");
  }

  @Test
  void an_alert_is_told_with_its_flow() {
    List<Alert> posted = new ArrayList<>();
    Subscription listener = listen(EnumSet.of(EventKind.ALERT), LogLevel.TRACE);
    AlertContext.FlowAddresses flow =
        new AlertContext.FlowAddresses("192.0.2.2", 4000, "198.51.100.2", 80, "TCP");
    Alert alert =
        Alert.ofProtocol(
            7,
            1_500_000_000L,
            "bad",
            List.of(),
            List.of(),
            new AlertContext(3, 1, "r", "f:2", flow));
    hub.around(posted::add).post(alert);
    log.write("tcp", LogLevel.FATAL, "not wanted");
    assertThat(posted).containsExactly(alert);
    assertThat(next(listener))
        .startsWith(
            "{\"type\":\"alert\",\"time\":\"1970-01-01T00:00:01.500Z\",\"alert\":{\"id\":7,")
        .contains("\"description\":\"bad\"", "\"rule\":\"r\"", "\"source\":\"192.0.2.2\"");
    assertThat(next(listener)).isNull();
  }

  @Test
  void log_lines_that_are_not_serious_enough_are_left_out() {
    Subscription listener = listen(EnumSet.of(EventKind.LOG), LogLevel.WARN);
    log.write("tcp", LogLevel.INFO, "usual");
    log.write("tcp", LogLevel.ERROR, "bad");
    assertThat(next(listener)).contains("bad");
    assertThat(next(listener)).isNull();
  }

  @Test
  void flows_are_asked_for_only_when_somebody_listens() {
    assertThat(hub.wantsFlows()).isFalse();
    Subscription listener = listenToAll();
    assertThat(hub.wantsFlows()).isTrue();
    hub.flowEnded(0, Map.of("id", "tcp-0-1"));
    assertThat(next(listener))
        .isEqualTo(
            "{\"type\":\"flow\",\"time\":\"1970-01-01T00:00:00Z\",\"flow\":{\"id\":\"tcp-0-1\"}}\n");
    listener.close();
    assertThat(hub.wantsFlows()).isFalse();
  }

  @Test
  void a_listener_that_does_not_read_is_bounded_and_told_what_it_missed_where() {
    Subscription listener = listenToAll();
    for (int i = 0; i < Subscription.MAX_EVENTS + 500; i++) {
      log.write("tcp", LogLevel.INFO, "line " + i);
    }
    assertThat(next(listener)).contains("line 0\"");
    log.write("tcp", LogLevel.INFO, "later");
    for (int i = 1; i < Subscription.MAX_EVENTS; i++) {
      assertThat(next(listener)).contains("line " + i + "\"");
    }
    assertThat(next(listener)).isEqualTo("{\"type\":\"dropped\",\"count\":500}\n");
    assertThat(next(listener)).contains("later");
    assertThat(next(listener)).isNull();
  }

  @Test
  void what_was_missed_last_is_told_when_nothing_follows() {
    Subscription listener = listenToAll();
    for (int i = 0; i <= Subscription.MAX_EVENTS; i++) {
      log.write("tcp", LogLevel.INFO, "line");
    }
    for (int i = 0; i < Subscription.MAX_EVENTS; i++) {
      next(listener);
    }
    assertThat(next(listener)).isEqualTo("{\"type\":\"dropped\",\"count\":1}\n");
    assertThat(next(listener)).isNull();
  }

  @Test
  void long_events_are_bounded_by_their_bytes() {
    Subscription listener = listenToAll();
    String large = "x".repeat(Subscription.MAX_BYTES / 4);
    for (int i = 0; i < 10; i++) {
      log.write("tcp", LogLevel.INFO, large);
    }
    int whole = 0;
    for (String event = next(listener); event != null; event = next(listener)) {
      whole += event.contains("xxx") ? 1 : 0;
    }
    assertThat(whole).isEqualTo(3);
  }

  @Test
  void server_sent_events_have_their_own_layout() {
    Subscription listener =
        hub.subscribe(EnumSet.of(EventKind.FLOW), LogLevel.INFO, EventLayout.SERVER_SENT);
    hub.flowEnded(0, Map.of());
    assertThat(next(listener))
        .startsWith("event: flow\ndata: {\"type\":\"flow\"")
        .endsWith("}\n\n");
    assertThat(new String(listener.heartbeat(), StandardCharsets.UTF_8)).isEqualTo(":\n\n");
  }

  @Test
  void who_waits_is_told_when_there_is_something() {
    Subscription listener = listenToAll();
    AtomicInteger told = new AtomicInteger();
    listener.whenReady(told::incrementAndGet);
    log.write("tcp", LogLevel.INFO, "now");
    assertThat(told).hasValue(1);
  }

  @Test
  void not_more_may_listen_than_the_bound_says() {
    for (int i = 0; i < EventHub.MAX_SUBSCRIPTIONS; i++) {
      listenToAll();
    }
    assertThatThrownBy(this::listenToAll)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("32 listen to events already");
  }
}
