package dev.tiaki.cli.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks the API as a person does: by curl over the Unix socket. */
final class Curl {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path socket;

  Curl(Path socket) {
    this.socket = socket;
  }

  /** What curl got. */
  record Got(int status, String body) {
    JsonNode json() throws IOException {
      return MAPPER.readTree(body);
    }
  }

  Got get(String path) throws Exception {
    return ask("GET", path);
  }

  Got post(String path) throws Exception {
    return ask("POST", path);
  }

  Got ask(String method, String path, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of("curl", "-sS", "-m", "60", "--unix-socket", socket.toString(), "-X", method));
    words.addAll(List.of(more));
    words.addAll(List.of("-w", "\n%{http_code}", "http://tiaki" + path));
    String all = run(words);
    int end = all.lastIndexOf('\n');
    return new Got(Integer.parseInt(all.substring(end + 1)), all.substring(0, end));
  }

  /** Runs a command and returns what it printed, whatever its status. */
  static String run(List<String> words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
