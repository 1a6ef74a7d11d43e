package dev.tiaki.cli.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.traffic.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules and the dashboard that are shipped fit what an engine really tells. */
class PackagingTest {
  private static final Path PACKAGING =
      Path.of(System.getProperty("tiaki.root", "..")).resolve("packaging");
  private static final Pattern METRIC = Pattern.compile("\\btiaki_\\w+");

  /** Only an engine over kernel queues has these. */
  private static final Set<String> OF_QUEUES =
      Set.of(
          "tiaki_queue_waiting_packets",
          "tiaki_queue_full_packets_total",
          "tiaki_queue_lost_packets_total");

  @TempDir static Path folder;
  private static final Set<String> told = new TreeSet<>(OF_QUEUES);

  @BeforeAll
  static void ask() throws Exception {
    Trace trace = new Trace();
    trace.conversation("10.0.0.1:1001", "10.0.0.2:80").handshake().up("hello");
    String rule =
        "haka.rule{ on = haka.dissectors.tcp.events.receive_packet, eval = function () end }";
    try (WaitingEngine engine = WaitingEngine.start(folder, rule, trace)) {
      engine
          .client()
          .text("GET", "/metrics", null)
          .lines()
          .filter(line -> line.startsWith("# TYPE "))
          .forEach(line -> told.add(line.split(" ")[2]));
    }
    assertThat(told).hasSizeGreaterThan(20);
  }

  private static Set<String> named(String text) {
    Set<String> names = new TreeSet<>();
    Matcher metric = METRIC.matcher(text);
    while (metric.find()) {
      names.add(metric.group());
    }
    return names;
  }

  @Test
  void every_metric_in_the_dashboard_exists() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(PACKAGING.resolve("grafana/tiaki.json").toFile());
    assertThat(dashboard.path("panels").size()).isGreaterThan(10);
    StringBuilder expressions = new StringBuilder();
    dashboard.findValuesAsText("expr").forEach(text -> expressions.append(text).append('\n'));
    assertThat(named(expressions.toString())).hasSizeGreaterThan(10).isSubsetOf(told);
  }

  @Test
  void every_metric_in_the_alert_rules_exists() throws IOException {
    String rules = Files.readString(PACKAGING.resolve("prometheus/tiaki-alerts.yaml"));
    assertThat(named(rules)).hasSizeGreaterThan(8).isSubsetOf(told);
  }

  @Test
  void promtool_accepts_the_alert_rules() throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/promtool"))) {
      if (System.getenv("CI") != null) {
        fail("CI runs every test, but promtool is not installed");
      }
      Assumptions.abort("skipped: promtool is not installed");
    }
    Process process =
        new ProcessBuilder(
                "/usr/bin/promtool",
                "check",
                "rules",
                PACKAGING.resolve("prometheus/tiaki-alerts.yaml").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
