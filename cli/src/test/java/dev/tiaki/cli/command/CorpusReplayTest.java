package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.command.TiakiProcess.Outcome;
import dev.tiaki.traffic.shared.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every capture of the corpus through the whole program, with a streamed rule and a heap of 1 GiB:
 * nothing fails, and the streams whose bytes are known are those bytes.
 */
class CorpusReplayTest {
  /** Data behind a reset or a FIN, and packets in tunnels, are not the stream's here. */
  private static final Set<String> FLAGGED = Set.of("after_rst", "after_fin", "rst_data", "tunnel");

  private static final String RULE =
      """
      local tcp_connection = require('protocol/tcp_connection')
      local bytes = 0
      haka.rule{
        on = tcp_connection.events.receive_data,
        options = { streamed = true },
        eval = function (flow, iterator, direction)
          for sub in iterator:foreach_available() do bytes = bytes + #sub end
        end
      }
      haka.rule{ on = haka.events.exiting, eval = function () print('bytes ' .. bytes) end }
      """;

  @TempDir Path folder;

  /** The rows of a table with a header, each by column name. */
  private static List<Map<String, String>> table(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] names = lines.getFirst().split("\t", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split("\t", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < names.length; i++) {
        row.put(names[i], values[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  /** What was written, by capture and ends: {@code bytes sha256}, with a mark when it has gaps. */
  private static Map<String, List<String>> written(Path index) throws IOException {
    Map<String, List<String>> written = new HashMap<>();
    for (Map<String, String> row : table(index)) {
      String client = row.get("client_ip") + " " + row.get("client_port");
      String server = row.get("server_ip") + " " + row.get("server_port");
      String ends =
          row.get("direction").equals("up") ? client + " " + server : server + " " + client;
      String gap = row.get("gaps").equals("0") ? "" : " gap";
      written
          .computeIfAbsent(row.get("capture") + " " + ends, key -> new ArrayList<>())
          .add(row.get("bytes") + " " + row.get("sha256") + gap);
    }
    return written;
  }

  private static List<String> missing(Path known, Path index, String policy) throws IOException {
    Map<String, List<String>> written = written(index);
    List<String> missing = new ArrayList<>();
    int compared = 0;
    for (Map<String, String> row : table(known)) {
      String wanted = wanted(row, policy);
      if (wanted.isEmpty()
          || Arrays.stream(row.get("flags").split(",")).anyMatch(FLAGGED::contains)) {
        continue;
      }
      compared++;
      String key =
          String.join(
              " ",
              row.get("file"),
              row.get("src"),
              row.get("sport"),
              row.get("dst"),
              row.get("dport"));
      if (!written.getOrDefault(key, List.of()).remove(wanted)) {
        missing.add(row.get("status") + " " + key + " " + wanted);
      }
    }
    assertThat(compared).isGreaterThan(2000);
    return missing;
  }

  private static String wanted(Map<String, String> row, String policy) {
    return switch (row.get("status")) {
      case "exact" -> row.get("len") + " " + row.get("sha256_first");
      case "conflict" -> row.get("len") + " " + row.get("sha256_" + policy);
      case "gap" -> row.get("prefix_len") + " " + row.get("prefix_sha256") + " gap";
      default -> "";
    };
  }

  private void replay(String policy) throws Exception {
    Path corpus = SharedMaterial.orSkip("corpus").toAbsolutePath();
    Path rule = Files.writeString(folder.resolve("stream.lua"), RULE);
    Path streams = folder.resolve("streams");
    Outcome outcome =
        new TiakiProcess(folder)
            .runIn(
                corpus,
                "replay",
                "--observe",
                "--midstream",
                "pickup",
                "--overlap",
                policy,
                "-r",
                rule.toString(),
                "--streams",
                streams.toString(),
                "pcaps");
    // some of the captures are broken on purpose, so the status says that not all was read
    assertThat(outcome.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(outcome.errors())
        .doesNotContain("internal error")
        .doesNotContain("Exception")
        .contains("rule errors: 0\n");
    assertThat(outcome.output()).containsPattern("\nbytes \\d{8}\n");
    assertThat(missing(corpus.resolve("streams.tsv"), streams.resolve("streams.tsv"), policy))
        .isEmpty();
  }

  @Test
  void every_known_stream_is_reproduced_where_the_first_copy_counts() throws Exception {
    replay("first");
  }

  @Test
  void every_known_stream_is_reproduced_where_the_last_copy_counts() throws Exception {
    replay("last");
  }
}
