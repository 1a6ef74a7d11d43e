package dev.tiaki.tracker;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the list of a program's open connections.
 *
 * <pre>{@code
 * ConnectionTracker tracker = ConnectionTracker.create();
 * ServerSocket server = tracker.sockets().listen(new ServerSocket(8080), ListenerOptions.category("web"));
 * SocketFactory out = tracker.sockets().socketFactory(SocketFactory.getDefault(), DialerOptions.DEFAULTS);
 * for (ConnectionInfo each : tracker.connections()) {
 *   System.out.print(each);
 * }
 * }</pre>
 *
 * <p>A connection is listed from the moment it is accepted or dialed until it is closed by its
 * owner: one that the owner forgets stays, which shows leaks. Many trackers may exist side by side.
 * All methods may be called by any thread.
 */
public final class ConnectionTracker {
  // one field after the other: concatenated keys would make "ab"+"c" equal to "a"+"bc"
  private static final Comparator<ConnectionInfo> ORDER =
      Comparator.comparing(ConnectionInfo::category)
          .thenComparing(info -> info.role().wire())
          .thenComparing(info -> Addresses.text(info.remoteAddress()))
          .thenComparing(info -> Addresses.text(info.localAddress()))
          .thenComparingLong(ConnectionInfo::id);

  private final ConcurrentHashMap<Long, TrackedConnection> open = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<Consumer<ConnectionEvent>> observers =
      new CopyOnWriteArrayList<>();
  private final AtomicLong lastId = new AtomicLong();
  private final LongSupplier clock;
  private volatile @Nullable Consumer<Throwable> errorHandler;

  private ConnectionTracker(LongSupplier clock) {
    this.clock = clock;
  }

  /** Makes a tracker with an empty list. */
  public static ConnectionTracker create() {
    return new ConnectionTracker(System::nanoTime);
  }

  /**
   * Makes a tracker that measures ages by {@code nanoClock}, a count of nanoseconds that only
   * grows.
   */
  public static ConnectionTracker create(LongSupplier nanoClock) {
    return new ConnectionTracker(nanoClock);
  }

  /** Returns the wrappers of sockets and their factories. */
  public TrackingSockets sockets() {
    return new TrackingSockets(this);
  }

  /** Returns the wrappers of channels. */
  public TrackingChannels channels() {
    return new TrackingChannels(this);
  }

  /**
   * Sends what callbacks throw to {@code handler}; unless set, to the thread's uncaught handler.
   */
  public ConnectionTracker onCallbackError(Consumer<Throwable> handler) {
    errorHandler = handler;
    return this;
  }

  /**
   * Puts a connection on the list whose I/O the caller does; see {@link TrackedConnection}.
   *
   * @param resource what {@link TrackedConnection#close} closes
   * @param local this program's end, or null
   * @param remote the peer's end, or null
   * @param role which side this program is
   * @param options how it is tracked; accept and dial callbacks are the caller's business
   */
  public TrackedConnection register(
      Closeable resource,
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      Role role,
      TrackingOptions options) {
    TrackedConnection connection =
        new TrackedConnection(
            this, lastId.incrementAndGet(), resource, local, remote, role, options.captured());
    open.put(connection.id(), connection);
    if (!observers.isEmpty()) {
      publish(new ConnectionEvent.Opened(connection.info()));
    }
    return connection;
  }

  /** As the other {@code register}, with a category and nobody that listens. */
  public TrackedConnection register(
      Closeable resource,
      @Nullable SocketAddress local,
      @Nullable SocketAddress remote,
      Role role,
      String category) {
    return register(resource, local, remote, role, TrackingOptions.category(category));
  }

  /**
   * Returns the open connections, sorted by category, role, remote and local address; immutable.
   */
  public List<ConnectionInfo> connections() {
    List<ConnectionInfo> infos = new ArrayList<>(open.size());
    for (TrackedConnection each : open.values()) {
      infos.add(each.info());
    }
    infos.sort(ORDER);
    return List.copyOf(infos);
  }

  /** Returns the number of open connections. */
  public int size() {
    return open.size();
  }

  /** Returns the open connections in five numbers. */
  public ConnectionSummary summary() {
    return ConnectionSummary.of(connections());
  }

  /** Returns the connections that were neither read nor written for {@code idle} or longer. */
  public List<ConnectionInfo> leaks(Duration idle) {
    return open.values().stream()
        .filter(each -> each.idleFor().compareTo(idle) >= 0)
        .map(TrackedConnection::info)
        .sorted(ORDER)
        .toList();
  }

  /** Returns the open connection with this id, or null. */
  public @Nullable TrackedConnection find(long id) {
    return open.get(id);
  }

  /**
   * Calls {@code observer} for each change of the list, in the thread that makes it, until the
   * returned handle is closed.
   */
  public Subscription observe(Consumer<ConnectionEvent> observer) {
    observers.add(observer);
    return () -> observers.remove(observer);
  }

  /** Ends an observation. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Tells the listener and the observers that a connection was accepted or could not be; for code
   * that registers connections itself.
   *
   * @param options whose listener is told
   * @param address what was listened on
   * @param connection the connection, or null on failure
   * @param error why it failed, or null
   */
  public void reportAccept(
      TrackingOptions options,
      String address,
      @Nullable TrackedConnection connection,
      @Nullable IOException error) {
    if (error != null) {
      publish(new ConnectionEvent.Failed(options.category(), Role.SERVER, address, error));
    }
    try {
      options.listener().onAccept(connection, error);
    } catch (Throwable t) {
      callbackFailed(t, options);
    }
  }

  /**
   * Tells the listener and the observers that a connection was dialed or could not be; for code
   * that registers connections itself.
   *
   * @param options whose listener is told
   * @param address what was asked for
   * @param connection the connection, or null on failure
   * @param error why it failed, or null
   */
  public void reportDial(
      TrackingOptions options,
      String address,
      @Nullable TrackedConnection connection,
      @Nullable IOException error) {
    if (error != null) {
      publish(new ConnectionEvent.Failed(options.category(), Role.CLIENT, address, error));
    }
    try {
      options.listener().onDial("tcp", address, connection, error);
    } catch (Throwable t) {
      callbackFailed(t, options);
    }
  }

  void remove(TrackedConnection connection) {
    open.remove(connection.id());
  }

  void closed(TrackedConnection connection, @Nullable IOException error) {
    if (!observers.isEmpty()) {
      publish(new ConnectionEvent.Closed(connection.info(), error));
    }
  }

  long nanoTime() {
    return clock.getAsLong();
  }

  private void publish(ConnectionEvent event) {
    for (Consumer<ConnectionEvent> observer : observers) {
      try {
        observer.accept(event);
      } catch (RuntimeException e) {
        callbackFailed(e, TrackingOptions.DEFAULTS);
      }
    }
  }

  /** Hands over what a callback threw, or throws it again where the options ask for that. */
  void callbackFailed(Throwable failure, TrackingOptions options) {
    if (options.callbackErrors() == CallbackErrors.PROPAGATE) {
      ConnectionTracker.<RuntimeException>rethrow(failure);
    }
    Consumer<Throwable> handler = errorHandler;
    if (handler != null) {
      handler.accept(failure);
    } else {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void rethrow(Throwable failure) throws X {
    throw (X) failure;
  }
}
