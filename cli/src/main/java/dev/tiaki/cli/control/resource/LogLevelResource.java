package dev.tiaki.cli.control.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.control.http.Json;
import dev.tiaki.cli.control.http.Refusal;
import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.view.Subject;
import dev.tiaki.cli.output.LogLevels;
import java.util.Map;
import java.util.TreeMap;

/** {@code /v1/loglevel}: which log lines are written. */
final class LogLevelResource {
  /**
   * The levels.
   *
   * @param level that of sections without one of their own
   * @param sections those that have one
   */
  private record Levels(String level, Map<String, String> sections) {}

  private final Subject subject;

  LogLevelResource(Subject subject) {
    this.subject = subject;
  }

  /** {@code GET /v1/loglevel}. */
  Reply show(Request request) throws Exception {
    for (EngineWorker worker : subject.engine().workers()) {
      return Reply.json(Subject.ask(worker, () -> levels(worker)));
    }
    throw Refusal.of(503, "no worker has begun yet");
  }

  private static Levels levels(EngineWorker worker) {
    Map<String, String> own = new TreeMap<>();
    worker.context().log().ownLevels().forEach((name, level) -> own.put(name, level.word()));
    return new Levels(worker.context().log().defaultLevel().word(), own);
  }

  /**
   * {@code PUT /v1/loglevel} with <code>{"level": "info,tcp=debug"}</code>, as the option {@code
   * --log-level} takes it.
   */
  Reply change(Request request) throws Exception {
    JsonNode wanted = Json.object(request.body()).path("level");
    if (!wanted.isTextual()) {
      throw Refusal.badRequest("the body must be {\"level\": \"[SECTION=]LEVEL[,…]\"}");
    }
    LogLevels levels;
    try {
      levels = LogLevels.parse(wanted.textValue());
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
    for (EngineWorker worker : subject.engine().workers()) {
      Subject.ask(
          worker,
          () -> {
            levels.applyTo(worker.context().log());
            return true;
          });
    }
    return show(request);
  }
}
