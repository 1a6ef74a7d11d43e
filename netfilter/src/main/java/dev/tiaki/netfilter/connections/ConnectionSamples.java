package dev.tiaki.netfilter.connections;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many connections there were when somebody looked: the action {@code stats}. A day of one
 * sample each ten seconds is kept.
 */
final class ConnectionSamples {
  private static final int MAX_SAMPLES = 8640;

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<ConnectionSample> samples = new ArrayDeque<>();

  /** Remembers one sample; several of the same second count as the last. */
  void add(long epochSecond, long count) {
    lock.lock();
    try {
      ConnectionSample last = samples.peekLast();
      if (last != null && last.epochSecond() == epochSecond) {
        samples.removeLast();
      }
      samples.addLast(new ConnectionSample(epochSecond, count));
      if (samples.size() > MAX_SAMPLES) {
        samples.removeFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns all samples, oldest first. */
  List<ConnectionSample> all() {
    lock.lock();
    try {
      return List.copyOf(samples);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the samples from {@code fromEpochSecond} on, oldest first. */
  ObjectNode json(long fromEpochSecond) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("labels").add("time").add("connections");
    ArrayNode data = json.putArray("data");
    lock.lock();
    try {
      for (ConnectionSample sample : samples) {
        if (sample.epochSecond() >= fromEpochSecond) {
          data.addArray().add(sample.epochSecond()).add(sample.count());
        }
      }
    } finally {
      lock.unlock();
    }
    return json;
  }
}
