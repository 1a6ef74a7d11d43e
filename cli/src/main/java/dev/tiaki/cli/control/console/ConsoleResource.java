package dev.tiaki.cli.control.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.control.http.Json;
import dev.tiaki.cli.control.http.Refusal;
import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.http.Routes;
import dev.tiaki.cli.control.view.Subject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * {@code /v1/console}: Lua that is typed into the workers. Sessions are bounded in number; one that
 * nobody used for half an hour makes room.
 */
public final class ConsoleResource {
  /** So many sessions there may be at once. */
  public static final int MAX_SESSIONS = 16;

  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(30);
  private static final int MAX_CANDIDATES = 500;
  private static final String ALL = "all";

  private final Subject subject;
  private final Map<String, ConsoleSession> sessions = new LinkedHashMap<>();
  private long lastId;

  private ConsoleResource(Subject subject) {
    this.subject = subject;
  }

  private record Opened(String id, List<Integer> workers) {}

  private record Closed(boolean closed) {}

  private record Candidates(int start, List<String> candidates) {}

  /** Adds the places of the console of one run. */
  public static Routes addTo(Routes routes, Subject subject) {
    ConsoleResource console = new ConsoleResource(subject);
    return routes
        .add("POST", "/v1/console", console::open)
        .add("POST", "/v1/console/{id}", console::enter)
        .add("POST", "/v1/console/{id}/complete", console::complete)
        .add("DELETE", "/v1/console/{id}", console::close);
  }

  /** {@code POST /v1/console} with <code>{"worker": "all"}</code>, or a number. */
  private Reply open(Request request) throws Refusal {
    request.requireOnly(Set.of());
    JsonNode wanted = Json.object(request.body()).path("worker");
    List<EngineWorker> workers = workers(wanted.isMissingNode() ? ALL : wanted.asText());
    synchronized (sessions) {
      makeRoom();
      String id = "c" + ++lastId;
      ConsoleSession session = new ConsoleSession(id, workers);
      sessions.put(id, session);
      return Reply.json(201, new Opened(id, session.workerNumbers()));
    }
  }

  private List<EngineWorker> workers(String wanted) throws Refusal {
    List<EngineWorker> all = subject.engine().workers();
    if (all.isEmpty()) {
      throw Refusal.of(503, "no worker has begun yet");
    }
    if (wanted.equals(ALL)) {
      return all;
    }
    List<EngineWorker> one =
        all.stream()
            .filter(worker -> Integer.toString(worker.context().number()).equals(wanted))
            .toList();
    if (one.isEmpty()) {
      throw Refusal.notFound(
          "there is no worker '" + wanted + "', only 0 to " + (all.size() - 1) + " and all");
    }
    return one;
  }

  private void makeRoom() throws Refusal {
    long now = System.nanoTime();
    Iterator<ConsoleSession> each = sessions.values().iterator();
    while (each.hasNext()) {
      if (now - each.next().lastUsedNanos() > IDLE_NANOS) {
        each.remove();
      }
    }
    if (sessions.size() >= MAX_SESSIONS) {
      throw Refusal.of(503, "there are " + MAX_SESSIONS + " consoles already; close one");
    }
  }

  /** {@code POST /v1/console/ID} with <code>{"line": "1 + 1"}</code>. */
  private Reply enter(Request request) throws Refusal {
    return Reply.json(find(request).enter(line(request)));
  }

  /** {@code POST /v1/console/ID/complete} with <code>{"line": "haka.al"}</code>. */
  private Reply complete(Request request) throws Refusal {
    var completion = find(request).complete(line(request));
    List<String> words = completion.candidates();
    return Reply.json(
        new Candidates(
            completion.start(), words.subList(0, Math.min(words.size(), MAX_CANDIDATES))));
  }

  /** {@code DELETE /v1/console/ID}. */
  private Reply close(Request request) throws Refusal {
    ConsoleSession session = find(request);
    synchronized (sessions) {
      sessions.remove(session.id());
    }
    return Reply.json(new Closed(true));
  }

  private static String line(Request request) throws Refusal {
    JsonNode line = Json.object(request.body()).path("line");
    if (!line.isTextual()) {
      throw Refusal.badRequest("the body must be {\"line\": \"LUA\"}");
    }
    return line.textValue();
  }

  private ConsoleSession find(Request request) throws Refusal {
    synchronized (sessions) {
      ConsoleSession session = sessions.get(request.variable("id"));
      if (session == null) {
        throw Refusal.notFound("there is no console '" + request.variable("id") + "'");
      }
      return session;
    }
  }
}
