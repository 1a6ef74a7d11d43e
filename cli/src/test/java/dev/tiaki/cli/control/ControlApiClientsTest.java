package dev.tiaki.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.cli.lab.EchoLoad;
import dev.tiaki.cli.lab.Lab;
import dev.tiaki.cli.lab.Lab.Host;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who asks the control API from outside: other users, Prometheus. */
class ControlApiClientsTest extends ControlledGate {
  @Test
  void another_user_cannot_ask() throws Exception {
    folder.toFile().setExecutable(true, false);
    String refused =
        Curl.run(
            List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "curl",
                "-sSm",
                "10",
                "--unix-socket",
                socket.toString(),
                "http://x/v1/status"));
    assertThat(refused).contains("Couldn't connect");
  }

  @Test
  void promtool_accepts_the_metrics() throws Exception {
    try (Socket connection = load.connect()) {
      EchoLoad.ask(connection, "hello");
    }
    String metrics = curl.get("/metrics").body();
    assertThat(metrics)
        .contains(
            "tiaki_packets_total{worker=\"0\"}",
            "tiaki_dropped_packets_total{worker=\"0\",reason=\"rule\"}",
            "tiaki_queue_waiting_packets{queue=\"0\"}",
            "tiaki_flows{worker=\"0\",protocol=\"tcp\"}",
            "tiaki_stream_held_bytes{worker=\"0\"}",
            "tiaki_rule_hits_total{rule=\"opened\"",
            "tiaki_heap_used_bytes ",
            "tiaki_collector_pause_seconds_total{");
    Path page = Files.writeString(folder.resolve("metrics.txt"), metrics);
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics")
            .redirectInput(page.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes());
    assertThat(promtool.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
  }

  @Test
  void prometheus_scrapes_it_over_tls_with_the_token() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            scrape_configs:
              - job_name: tiaki
                scheme: https
                scrape_interval: 1s
                scrape_timeout: 1s
                authorization: {credentials_file: %s}
                tls_config: {ca_file: %s, server_name: localhost}
                static_configs: [{targets: ['127.0.0.1:%d']}]
            """
                .formatted(folder.resolve("token"), folder.resolve("cert.pem"), HTTPS));
    Path log = Files.createFile(folder.resolve("prometheus.log"));
    Process prometheus =
        lab.start(
            Host.GATE,
            log,
            "prometheus",
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:9090");
    Lab.await(prometheus, log, "Server is ready to receive web requests");
    JsonNode result = null;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (result == null || result.isEmpty()) {
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
      String answer =
          lab.run(
              Host.GATE,
              "curl",
              "-sS",
              "http://127.0.0.1:9090/api/v1/query?query=tiaki_packets_total");
      result = mapper.readTree(answer).path("data").path("result");
    }
    assertThat(result.get(0).path("metric").path("job").asText()).isEqualTo("tiaki");
    assertThat(result.get(0).path("value").get(1).asLong()).isNotNegative();
    prometheus.destroy();
    prometheus.waitFor();
  }
}
