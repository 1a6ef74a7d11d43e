package dev.tiaki.cli.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.engine.worker.Counters;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private final Counters counters = new Counters();

  private Summary summary(boolean enforcing) {
    count("packets", 12_345);
    count("bytes", 6_789_012);
    count("verdicts.accepted", 12_000);
    count("verdicts.modified", 7);
    count("verdicts.dropped.rule", 300);
    count("verdicts.dropped.policy", 45);
    count("verdicts.dropped.malformed", 0);
    count("tcp.connections", 10);
    count("tcp.connections.complete", 8);
    count("tcp.connections.withGaps", 1);
    count("rules.failed", 2);
    count("ipv4.malformed", 3);
    count("ipv6.malformed", 0);
    return new Summary(counters, 2, List.of("a.pcap: no such file"), 4, enforcing, 0, 0.5);
  }

  private void count(String name, long value) {
    counters.counter(name, "what " + name + " counts").add(value);
  }

  @Test
  void people_read_what_was_covered_and_only_what_counted() {
    assertThat(SummaryText.of(summary(true)))
        .isEqualTo(
            """
            12,345 packets, 6,789,012 bytes in 2 captures, 0.50 s (24,690 packets/s)
            connections: 10 seen, 8 complete, 1 with gaps
            verdicts: 12,000 accepted (7 modified, 0 forged), 345 dropped (rule 300, policy 45)
            alerts: 4, rule errors: 2
              what ipv4.malformed counts: 3
            """);
  }

  @Test
  void observing_says_what_would_be() {
    assertThat(SummaryText.of(summary(false)))
        .contains("12,000 would be accepted")
        .contains("345 would be dropped");
  }

  @Test
  void programs_read_the_same() throws Exception {
    JsonNode json = new ObjectMapper().readTree(SummaryJson.of(summary(true)));
    assertThat(json.get("packets").asLong()).isEqualTo(12_345);
    assertThat(json.get("mode").asText()).isEqualTo("enforce");
    assertThat(json.get("connections").get("with_gaps").asLong()).isOne();
    assertThat(json.get("verdicts").get("dropped").asLong()).isEqualTo(345);
    assertThat(json.get("verdicts").get("dropped_by_reason").get("rule").asLong()).isEqualTo(300);
    assertThat(json.get("counters").get("ipv4.malformed").asLong()).isEqualTo(3);
    assertThat(json.get("failures").get(0).asText()).isEqualTo("a.pcap: no such file");
  }
}
