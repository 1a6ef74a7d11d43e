package dev.tiaki.cli.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session of the console in a running engine. */
final class RemoteSession implements Closeable {
  private final ControlClient client;
  private final String path;
  private final int workers;

  private RemoteSession(ControlClient client, String path, int workers) {
    this.client = client;
    this.path = path;
    this.workers = workers;
  }

  /**
   * What became of a line.
   *
   * @param state {@code ready}, {@code incomplete} or {@code ended}
   * @param text what to show, with its line ends
   * @param failed whether it is, or ends with, an error
   */
  record Reply(String state, String text, boolean failed) {}

  /**
   * Begins one.
   *
   * @param worker the number of the worker that runs what is typed, or {@code all}
   * @throws ControlFailure when there is no engine or it refuses
   */
  static RemoteSession open(ControlClient client, String worker) throws IOException {
    JsonNode opened = client.ask("POST", "/v1/console", Map.of("worker", worker));
    return new RemoteSession(
        client, "/v1/console/" + opened.path("id").asText(), opened.path("workers").size());
  }

  Reply enter(String line) throws IOException {
    JsonNode answer = client.ask("POST", path, Map.of("line", line));
    StringBuilder text = new StringBuilder();
    boolean failed = false;
    for (JsonNode reply : answer.path("replies")) {
      failed |= reply.path("failed").asBoolean();
      if (reply.path("workers").size() < workers && !reply.path("text").asText().isEmpty()) {
        text.append(title(reply.path("workers")));
      }
      text.append(reply.path("text").asText());
    }
    return new Reply(answer.path("state").asText(), text.toString(), failed);
  }

  private static String title(JsonNode numbers) {
    List<String> names = new ArrayList<>();
    numbers.forEach(number -> names.add(number.asText()));
    return (names.size() == 1 ? "worker " : "workers ") + String.join(", ", names) + ":\n";
  }

  /** Returns the words that may stand at the end of {@code line}, with what stands before them. */
  List<String> complete(String line) throws IOException {
    JsonNode answer = client.ask("POST", path + "/complete", Map.of("line", line));
    String before = line.substring(0, Math.min(line.length(), answer.path("start").asInt()));
    List<String> whole = new ArrayList<>();
    answer.path("candidates").forEach(candidate -> whole.add(before + candidate.asText()));
    return whole;
  }

  @Override
  public void close() throws IOException {
    try {
      client.ask("DELETE", path, null);
    } catch (ControlFailure gone) {
      // the engine ended before us
    }
  }
}
