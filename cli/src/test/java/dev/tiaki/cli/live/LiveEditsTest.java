package dev.tiaki.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.lab.Lab;
import dev.tiaki.cli.lab.Lab.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules edit answers on their way, and nothing but the edits changes for their receivers. */
class LiveEditsTest {
  private static final Path REPLACE = Path.of("..", "bench", "rules", "replace.lua");
  private static final String WORD = "SECRET";
  private static final String LONGER = "[what stood here is nobody's business]";
  private static final String SHORTER = "x";
  private static final int BODY_BYTES = 1_000_000;

  /** {@code bench/edits} has 200; one in a hundred of their packets waits for seconds. */
  private static final int AT_ONCE = 10;

  @TempDir Path folder;

  /** Words, about one in a hundred of them the one that is replaced. */
  private static String body() {
    Random random = new Random(11);
    String[] words = {"alpha ", "beta ", "gamma ", "delta ", "omega "};
    StringBuilder text = new StringBuilder(BODY_BYTES + 16);
    while (text.length() < BODY_BYTES) {
      text.append(random.nextInt(100) == 0 ? WORD + " " : words[random.nextInt(words.length)]);
    }
    return text.toString();
  }

  /** Replaces the word wherever packets cut it. */
  private static String replacing(String by) throws IOException {
    return Files.readString(REPLACE).replace("REPLACEMENT", by);
  }

  private static void disturb(Lab lab) {
    for (Host host : Host.values()) {
      lab.nft(
          host,
          """
          table inet loss {
            chain pre {
              type filter hook prerouting priority -350
              meta l4proto tcp numgen random mod 1000 < 20 drop
            }
          }
          """);
    }
    duplicate(lab, Host.CLIENT, "ip", "192.0.2.1");
    duplicate(lab, Host.SERVER, "ip", "198.51.100.1");
    duplicate(lab, Host.CLIENT, "ip6", "2001:db8:1::1");
    duplicate(lab, Host.SERVER, "ip6", "2001:db8:2::1");
  }

  private static void duplicate(Lab lab, Host host, String family, String gateway) {
    lab.nft(
        host,
        """
        table %s twice {
          chain post {
            type filter hook postrouting priority 300
            meta l4proto tcp numgen random mod 1000 < 20 dup to %s device "eth0"
          }
        }
        """
            .formatted(family, gateway));
  }

  @ParameterizedTest
  @CsvSource({
    Lab.SERVER4 + "," + LONGER,
    Lab.SERVER4 + "," + SHORTER,
    "[" + Lab.SERVER6 + "]," + LONGER
  })
  void text_is_replaced_in_answers_without_a_length(String server, String by) throws Exception {
    String body = body();
    try (Guarded gate = new Guarded(folder).serving("big.txt", body).with(replacing(by))) {
      Guarded.Transfer edited = gate.fetch(server, "/big.txt", 60);
      assertThat(edited.exitStatus()).isZero();
      assertThat(edited.body()).isEqualTo(body.replace(WORD, by));
      assertThat(gate.stop()).contains("connections: 1 seen, 1 complete");
    }
  }

  @ParameterizedTest
  @CsvSource({
    Lab.SERVER4 + "," + LONGER,
    Lab.SERVER4 + "," + SHORTER,
    "[" + Lab.SERVER6 + "]," + LONGER,
    "[" + Lab.SERVER6 + "]," + SHORTER
  })
  void edits_survive_loss_duplication_and_disorder_on_either_side(String server, String by)
      throws Exception {
    String body = body();
    try (Guarded gate = new Guarded(folder).serving("big.txt", body).with(replacing(by));
        Reorderer before = new Reorderer(gate.lab(), Host.SERVER, "POSTROUTING");
        Reorderer behind = new Reorderer(gate.lab(), Host.CLIENT, "PREROUTING")) {
      disturb(gate.lab());
      assertThat(gate.fetchAtOnce(server, "/big.txt", AT_ONCE, body.replace(WORD, by)))
          .isEqualTo(AT_ONCE);
      assertThat(before.count() + behind.count()).as("packets overtaken").isPositive();
      assertThat(gate.stop()).doesNotContain("internal errors");
    }
  }

  @Test
  void edits_fit_a_gateway_that_translates_both_addresses() throws Exception {
    String body = body();
    try (Guarded gate = new Guarded(folder).serving("big.txt", body)) {
      gate.translating();
      gate.with(replacing(LONGER));
      Guarded.Transfer edited = gate.fetch("192.0.2.1:8000", "/big.txt", 60);
      assertThat(edited.exitStatus()).isZero();
      assertThat(edited.body()).isEqualTo(body.replace(WORD, LONGER));
      gate.stop();
    }
  }

  @Test
  void a_thousand_connections_leave_no_packet_without_a_verdict() throws Exception {
    String rules =
        """
        haka.rule{
          on = haka.dissectors.tcp_connection.events.receive_data,
          eval = function (flow, data, direction) end
        }
        """;
    try (Guarded gate = new Guarded(folder).serving("small.txt", "hello").with(rules)) {
      assertThat(gate.fetchAtOnce(Lab.SERVER4, "/small.txt", 1000, "hello")).isEqualTo(1000);
      Guarded.eventually("every packet has its verdict", () -> gate.queue().waiting() == 0);
      assertThat(gate.queue().full() + gate.queue().lost()).isZero();
      assertThat(gate.stop()).contains("connections: 1,000 seen, 1,000 complete");
    }
  }
}
