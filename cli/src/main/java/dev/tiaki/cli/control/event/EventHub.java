package dev.tiaki.cli.control.event;

import dev.tiaki.engine.alert.AlertSink;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogOutput;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Passes what happens on to those who listen. While nobody does, an event costs one comparison; its
 * JSON is made once, by the thread on which it happens.
 */
public final class EventHub {
  /** So many may listen at once. */
  public static final int MAX_SUBSCRIPTIONS = 32;

  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  /** Makes a hub to which nobody listens. */
  public EventHub() {}

  /** Returns a sink that passes alerts on to listeners and to {@code first}. */
  public AlertSink around(AlertSink first) {
    return alert -> {
      first.post(alert);
      tell(EventKind.ALERT, LogLevel.FATAL, () -> Event.alert(alert));
    };
  }

  /** Returns an output that passes log lines on to listeners and to {@code first}. */
  public LogOutput around(LogOutput first) {
    return (section, level, message) -> {
      first.write(section, level, message);
      tell(EventKind.LOG, level, () -> Event.log(level.word(), section, message));
    };
  }

  /** Tells whether anybody wants to know about ends of flows. */
  public boolean wantsFlows() {
    for (Subscription subscription : subscriptions) {
      if (subscription.wants(EventKind.FLOW, LogLevel.FATAL)) {
        return true;
      }
    }
    return false;
  }

  /** Says that a flow has ended at a time, nanoseconds since the Unix epoch. */
  public void flowEnded(long nanos, Object row) {
    tell(EventKind.FLOW, LogLevel.FATAL, () -> Event.flow(nanos, row));
  }

  private void tell(EventKind kind, LogLevel level, Supplier<byte[]> json) {
    if (subscriptions.isEmpty()) {
      return;
    }
    byte[] made = null;
    for (Subscription subscription : subscriptions) {
      if (subscription.wants(kind, level)) {
        made = made == null ? json.get() : made;
        subscription.offer(kind, made);
      }
    }
  }

  /**
   * Begins to listen.
   *
   * @param kinds what to
   * @param level the least serious log lines that are wanted
   * @throws IllegalStateException when too many listen already
   */
  public synchronized Subscription subscribe(
      Set<EventKind> kinds, LogLevel level, EventLayout layout) {
    if (subscriptions.size() >= MAX_SUBSCRIPTIONS) {
      throw new IllegalStateException(MAX_SUBSCRIPTIONS + " listen to events already");
    }
    Subscription made = new Subscription(kinds, level, layout, subscriptions::remove);
    subscriptions.add(made);
    return made;
  }

  /** Returns how many listen. */
  public int size() {
    return subscriptions.size();
  }
}
