package dev.tiaki.cli.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTextTest {
  private final EventText text = new EventText();

  @Test
  void a_log_line_reads_as_the_engine_writes_it() {
    assertThat(
            text.of(
                "{\"type\":\"log\",\"level\":\"warn\",\"section\":\"tcp\",\"message\":\"late\"}"))
        .isEqualTo("warn  tcp: late\n");
  }

  @Test
  void an_alert_is_one_line_with_its_rule() {
    assertThat(
            text.of(
                "{\"type\":\"alert\",\"alert\":{\"id\":7,\"severity\":\"high\","
                    + "\"description\":\"seen\",\"rule\":\"watch\",\"location\":\"a.lua:3\"}}"))
        .isEqualTo(
            "info  alert: id = 7 severity = high description = seen rule = watch location ="
                + " a.lua:3\n");
  }

  @Test
  void an_ended_flow_tells_its_ends_and_bytes() {
    assertThat(
            text.of(
                "{\"type\":\"flow\",\"flow\":{\"id\":\"tcp-0-1\",\"source\":\"10.0.0.1\","
                    + "\"sourcePort\":1,\"destination\":\"10.0.0.2\",\"destinationPort\":80,"
                    + "\"up\":{\"bytes\":5},\"down\":{\"bytes\":6}}}"))
        .isEqualTo("info  flow: tcp-0-1 10.0.0.1:1 -> 10.0.0.2:80 ended, 5 + 6 bytes\n");
  }

  @Test
  void events_that_were_not_kept_are_confessed() {
    assertThat(text.of("{\"type\":\"dropped\",\"count\":12}"))
        .isEqualTo("warn  events: 12 events were not kept for us\n");
  }

  @Test
  void what_is_no_event_is_shown_as_it_is() {
    assertThat(text.of("half a li")).isEqualTo("half a li\n");
    assertThat(text.of("{\"type\":\"new\"}")).isEqualTo("{\"type\":\"new\"}\n");
  }
}
