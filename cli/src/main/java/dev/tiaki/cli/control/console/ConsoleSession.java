package dev.tiaki.cli.control.console;

import dev.tiaki.cli.assembly.EngineWorker;
import dev.tiaki.cli.control.http.Refusal;
import dev.tiaki.lua.interactive.Completion;
import dev.tiaki.lua.interactive.InteractiveSession;
import dev.tiaki.lua.interactive.SessionReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One session: a Lua session in each worker that takes part, made when its first line comes and
 * made anew after a reload, which begins with another Lua state. One line at a time.
 */
final class ConsoleSession {
  private static final long PATIENCE_SECONDS = 30;

  private final String id;
  private final List<EngineWorker> workers;
  private final Map<EngineWorker, Held> held = new LinkedHashMap<>();
  private volatile long lastUsedNanos = System.nanoTime();

  ConsoleSession(String id, List<EngineWorker> workers) {
    this.id = id;
    this.workers = List.copyOf(workers);
  }

  /** The Lua session of one worker, and which of its Lua states it belongs to. */
  private record Held(InteractiveSession session, long loads) {}

  /**
   * What workers answered alike.
   *
   * @param workers their numbers
   * @param text what to show
   * @param failed whether that is, or ends with, an error
   */
  record Reply(List<Integer> workers, String text, boolean failed) {}

  /**
   * What became of a line.
   *
   * @param state {@code ready}, {@code incomplete} or {@code ended}
   */
  record Entered(String state, List<Reply> replies) {}

  String id() {
    return id;
  }

  List<Integer> workerNumbers() {
    return workers.stream().map(worker -> worker.context().number()).toList();
  }

  long lastUsedNanos() {
    return lastUsedNanos;
  }

  /**
   * Has every worker evaluate a line, side by side.
   *
   * @throws Refusal when one does not come to it in time
   */
  synchronized Entered enter(String line) throws Refusal {
    lastUsedNanos = System.nanoTime();
    Map<EngineWorker, CompletableFuture<SessionReply>> asked = new LinkedHashMap<>();
    for (EngineWorker worker : workers) {
      asked.put(worker, ask(worker, session -> session.enter(line), line));
    }
    List<Reply> replies = new ArrayList<>();
    SessionReply.State state = SessionReply.State.READY;
    for (Map.Entry<EngineWorker, CompletableFuture<SessionReply>> answer : asked.entrySet()) {
      int number = answer.getKey().context().number();
      SessionReply reply = await(number, answer.getValue());
      add(replies, number, reply);
      state = later(state, reply.state());
    }
    return new Entered(state.name().toLowerCase(Locale.ROOT), List.copyOf(replies));
  }

  private static SessionReply.State later(SessionReply.State a, SessionReply.State b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static void add(List<Reply> replies, int number, SessionReply reply) {
    for (int i = 0; i < replies.size(); i++) {
      Reply other = replies.get(i);
      if (other.text().equals(reply.text()) && other.failed() == reply.failed()) {
        List<Integer> numbers = new ArrayList<>(other.workers());
        numbers.add(number);
        replies.set(i, new Reply(List.copyOf(numbers), other.text(), other.failed()));
        return;
      }
    }
    replies.add(new Reply(List.of(number), reply.text(), reply.failed()));
  }

  /** Returns what may stand at the end of a line, as the first worker knows it. */
  synchronized Completion complete(String line) throws Refusal {
    lastUsedNanos = System.nanoTime();
    EngineWorker first = workers.getFirst();
    return await(first.context().number(), ask(first, session -> session.complete(line), null));
  }

  /** Something to do with a Lua session, on its worker's thread. */
  private interface Work<T> {
    T on(InteractiveSession session);
  }

  private <T> CompletableFuture<T> ask(EngineWorker worker, Work<T> work, @Nullable String logged)
      throws Refusal {
    try {
      return worker
          .mailbox()
          .ask(() -> {
            if (logged != null) {
              worker.context().log().section("console").info(id + ": " + logged);
            }
            return work.on(session(worker));
          });
    } catch (RejectedExecutionException e) {
      throw Refusal.of(503, String.valueOf(e.getMessage()));
    }
  }

  /** On the worker's thread. */
  private InteractiveSession session(EngineWorker worker) {
    synchronized (held) {
      Held known = held.get(worker);
      if (known == null || known.loads != worker.ruleLoads()) {
        known = new Held(worker.openConsole(), worker.ruleLoads());
        held.put(worker, known);
      }
      return known.session;
    }
  }

  private static <T> T await(int worker, CompletableFuture<T> answer) throws Refusal {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw Refusal.of(
          503,
          "worker %d did not come to it within %d seconds".formatted(worker, PATIENCE_SECONDS));
    } catch (ExecutionException e) {
      throw Refusal.of(500, "worker " + worker + ": " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.of(503, "interrupted");
    }
  }
}
