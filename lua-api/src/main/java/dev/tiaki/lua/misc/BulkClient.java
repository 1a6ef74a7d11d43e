package dev.tiaki.lua.misc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends documents to an Elasticsearch server from a thread of its own, many at once. What waits is
 * bounded: when the server is too slow or away, what comes is dropped and counted.
 */
final class BulkClient {
  /** Octets of documents that may wait. */
  private static final int MAX_WAITING_CHARS = 16 << 20;

  private static final int MAX_BULK_CHARS = 1 << 20;
  private static final int MAX_PROBLEMS = 100;
  private static final int FIRST_WITHOUT_TYPES = 7;
  private static final int BAD_REQUEST = 400;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Pattern VERSION = Pattern.compile("\"number\"\\s*:\\s*\"(\\d+)");

  private final String url;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Item> waiting = new ArrayDeque<>();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private int waitingChars;
  private long dropped;
  private boolean closing;
  private boolean busy;
  private @Nullable Thread sender;
  private String lastProblem = "";
  private @Nullable Boolean typed;

  /** Something to send: an index to make, or a document with the action in front of it. */
  sealed interface Item {
    /** Returns about how many octets it is. */
    int size();
  }

  /** An index to make before the next documents. */
  record NewIndex(String index, String body) implements Item {
    @Override
    public int size() {
      return index.length() + body.length();
    }
  }

  /**
   * A document.
   *
   * @param action {@code index} or {@code update}
   * @param index JSON text of the index's name
   * @param type JSON text of the type's name
   * @param id JSON text of the id, or null
   * @param body the document
   */
  record Document(String action, String index, String type, @Nullable String id, String body)
      implements Item {
    @Override
    public int size() {
      return index.length() + type.length() + body.length() + 40;
    }
  }

  BulkClient(String url) {
    this.url = url;
  }

  /** Queues something; it is dropped when too much waits. */
  void send(Item item) {
    lock.lock();
    try {
      if (waitingChars + item.size() > MAX_WAITING_CHARS) {
        dropped++;
        return;
      }
      waiting.add(item);
      waitingChars += item.size();
      if (sender == null && item instanceof Document) {
        sender = Thread.ofPlatform().daemon().name("elasticsearch").start(this::run);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Shows what went wrong since the last call. */
  void drainProblems(Consumer<String> log) {
    for (String text = problems.poll(); text != null; text = problems.poll()) {
      log.accept(text);
    }
    lock.lock();
    try {
      if (dropped > 0) {
        log.accept("dropped " + dropped + " requests: the server does not keep up");
        dropped = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread when all is sent, or after that many milliseconds. */
  void close(long millis) {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (sender != null && (busy || !waiting.isEmpty()) && left > 0) {
        left = changed.awaitNanos(left);
      }
      waiting.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (ArrayDeque<Item> batch = next(); batch != null; batch = next()) {
        send(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable ArrayDeque<Item> next() throws InterruptedException {
    lock.lock();
    try {
      busy = false;
      changed.signalAll();
      while (waiting.isEmpty()) {
        if (closing) {
          return null;
        }
        changed.await();
      }
      ArrayDeque<Item> batch = new ArrayDeque<>();
      int size = 0;
      for (Item item = waiting.peek(); item != null && size < MAX_BULK_CHARS; ) {
        size += item.size();
        batch.add(waiting.remove());
        item = waiting.peek();
      }
      waitingChars -= size;
      busy = true;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void send(ArrayDeque<Item> batch) throws InterruptedException {
    StringBuilder bulk = new StringBuilder();
    for (Item item : batch) {
      switch (item) {
        case NewIndex made -> {
          post(bulk);
          makeIndex(made);
        }
        case Document document -> append(bulk, document);
      }
    }
    post(bulk);
  }

  private void append(StringBuilder bulk, Document document) throws InterruptedException {
    bulk.append("{\"").append(document.action).append("\":{\"_index\":").append(document.index);
    if (hasTypes()) {
      bulk.append(",\"_type\":").append(document.type);
    }
    if (document.id != null) {
      bulk.append(",\"_id\":").append(document.id);
    }
    bulk.append("}}\n").append(document.body).append('\n');
  }

  /** Servers from version 7 on refuse types. */
  private boolean hasTypes() throws InterruptedException {
    Boolean known = typed;
    if (known == null) {
      HttpResponse<String> answer = exchange(request("/").GET().build());
      if (answer == null) {
        return false;
      }
      Matcher version = VERSION.matcher(answer.body());
      known = version.find() && Integer.parseInt(version.group(1)) < FIRST_WITHOUT_TYPES;
      typed = known;
    }
    return known;
  }

  private void makeIndex(NewIndex made) throws InterruptedException {
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(made.body);
    // a server from version 5 on wants PUT, an older one takes both
    HttpResponse<String> answer = exchange(request("/" + made.index).PUT(body).build());
    if (answer != null && answer.statusCode() != BAD_REQUEST) {
      check(answer);
    }
  }

  private void post(StringBuilder bulk) throws InterruptedException {
    if (bulk.isEmpty()) {
      return;
    }
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(bulk.toString());
    bulk.setLength(0);
    HttpResponse<String> answer = exchange(request("/_bulk").POST(body).build());
    if (answer != null) {
      check(answer);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json");
  }

  private void check(HttpResponse<String> answer) {
    if (answer.statusCode() >= BAD_REQUEST) {
      problem("request failed: %s return error %d".formatted(answer.uri(), answer.statusCode()));
    } else {
      lastProblem = "";
    }
  }

  private @Nullable HttpResponse<String> exchange(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      String why = e.getMessage();
      problem("request failed: " + (why == null ? e.getClass().getSimpleName() : why));
      return null;
    }
  }

  /** The same problem again and again is told once. */
  private void problem(String text) {
    if (!text.equals(lastProblem) && problems.size() < MAX_PROBLEMS) {
      problems.add(text);
    }
    lastProblem = text;
  }
}
