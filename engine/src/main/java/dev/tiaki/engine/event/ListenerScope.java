package dev.tiaki.engine.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was attached to events and policies while the scope was open, so that it can be
 * taken away together when rules are replaced. Open on the worker's own thread, one at a time.
 */
public final class ListenerScope {
  private static final ThreadLocal<@Nullable ListenerScope> OPEN = new ThreadLocal<>();

  private record Attached(Runnable withdraw, Runnable restore) {}

  private final List<Attached> all = new ArrayList<>();

  private ListenerScope() {}

  /** Begins to note what this thread attaches. */
  public static ListenerScope open() {
    if (OPEN.get() != null) {
      throw new IllegalStateException("a scope is open");
    }
    ListenerScope scope = new ListenerScope();
    OPEN.set(scope);
    return scope;
  }

  /** Ends noting; what was noted stays attached. */
  public void close() {
    OPEN.remove();
  }

  /** Returns a scope of what both noted, this one's first. */
  public ListenerScope with(ListenerScope later) {
    ListenerScope both = new ListenerScope();
    both.all.addAll(all);
    both.all.addAll(later.all);
    return both;
  }

  static <L> void added(EventPoint<L> event, L listener) {
    ListenerScope scope = OPEN.get();
    if (scope != null) {
      scope.all.add(new Attached(() -> event.remove(listener), () -> event.add(listener)));
    }
  }

  /** Notes that something which is there once, such as a policy, was replaced. */
  public static <T> void replaced(T before, T now, Consumer<T> setter) {
    ListenerScope scope = OPEN.get();
    if (scope != null) {
      scope.all.add(new Attached(() -> setter.accept(before), () -> setter.accept(now)));
    }
  }

  /** Takes everything away, the newest first; call when the scope is closed. */
  public void withdraw() {
    all.reversed().forEach(attached -> attached.withdraw().run());
  }

  /** Attaches everything again. */
  public void restore() {
    all.forEach(attached -> attached.restore().run());
  }
}
