package dev.tiaki.cli.control.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpositionTest {
  @Test
  void samples_of_a_metric_stand_together() {
    Exposition page = new Exposition();
    page.counter("a_total", "First.", 1, "worker", "0");
    page.gauge("b", "Second.", 0.5);
    page.counter("a_total", "First.", 2, "worker", "1");
    assertThat(page)
        .hasToString(
            """
            # HELP a_total First.
            # TYPE a_total counter
            a_total{worker="0"} 1
            a_total{worker="1"} 2
            # HELP b Second.
            # TYPE b gauge
            b 0.5
            """);
  }

  @Test
  void labels_may_hold_anything() {
    Exposition page = new Exposition();
    page.gauge("g", "With \\ in it.", 1e18, "rule", "a \"b\"\nc\\d", "event", "x:y");
    assertThat(page)
        .hasToString(
            """
            # HELP g With \\\\ in it.
            # TYPE g gauge
            g{rule="a \\"b\\"\\nc\\\\d",event="x:y"} 1.0E18
            """);
  }

  @Test
  void names_of_counters_become_names_of_metrics() {
    assertThat(MetricsPage.metricName("packets")).isEqualTo("tiaki_packets_total");
    assertThat(MetricsPage.metricName("tcp.sentBytes.notKept"))
        .isEqualTo("tiaki_tcp_sent_bytes_not_kept_total");
    assertThat(MetricsPage.metricName("tcp.waiting.TOO_MANY_BYTES"))
        .isEqualTo("tiaki_tcp_waiting_too_many_bytes_total");
  }
}
