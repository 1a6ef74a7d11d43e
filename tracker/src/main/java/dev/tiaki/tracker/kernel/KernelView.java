package dev.tiaki.tracker.kernel;

import dev.tiaki.tracker.ConnectionInfo;
import dev.tiaki.tracker.ConnectionTracker;
import dev.tiaki.tracker.Role;
import dev.tiaki.tracker.TrackedConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The list joined with the kernel's table. Best effort: an entry that the kernel does not have, or
 * that it cannot be asked for, comes without its kernel part, and failures are counted.
 */
public final class KernelView {
  private final ConnectionTracker tracker;
  private final KernelConnections kernel;
  private long failures;

  private KernelView(ConnectionTracker tracker, KernelConnections kernel) {
    this.tracker = tracker;
    this.kernel = kernel;
  }

  /** Joins the list of {@code tracker} with {@code kernel}. */
  public static KernelView of(ConnectionTracker tracker, KernelConnections kernel) {
    return new KernelView(tracker, kernel);
  }

  /**
   * One connection as the program and the kernel see it.
   *
   * @param connection what the program knows
   * @param kernel what the kernel knows, when it does
   */
  public record Joined(ConnectionInfo connection, Optional<KernelEntry> kernel) {}

  /** Returns the open connections in the tracker's order, with what the kernel knows of each. */
  public List<Joined> connections() {
    return tracker.connections().stream().map(info -> new Joined(info, find(info))).toList();
  }

  /** Returns how often the kernel could not be asked. */
  public synchronized long failures() {
    return failures;
  }

  private Optional<KernelEntry> find(ConnectionInfo info) {
    if (!(info.localAddress() instanceof InetSocketAddress local)
        || !(info.remoteAddress() instanceof InetSocketAddress remote)) {
      return Optional.empty();
    }
    try {
      // the original direction starts at whoever dialed
      return info.role() == Role.CLIENT ? kernel.find(local, remote) : kernel.find(remote, local);
    } catch (IOException e) {
      failed();
      return Optional.empty();
    }
  }

  private synchronized void failed() {
    failures++;
  }

  /**
   * Ends a connection on both levels: closes the socket and deletes the kernel's entry.
   *
   * @return false when the connection was no longer open
   * @throws IOException when closing failed or the kernel refused; the socket is closed all the
   *     same
   */
  public boolean kill(ConnectionInfo info) throws IOException {
    TrackedConnection connection = tracker.find(info.id());
    if (connection == null) {
      return false;
    }
    Optional<KernelEntry> entry = find(info);
    connection.close();
    if (entry.isPresent()
        && info.localAddress() instanceof InetSocketAddress local
        && info.remoteAddress() instanceof InetSocketAddress remote) {
      boolean dialed = info.role() == Role.CLIENT;
      kernel.delete(dialed ? local : remote, dialed ? remote : local, entry.get());
    }
    return true;
  }
}
