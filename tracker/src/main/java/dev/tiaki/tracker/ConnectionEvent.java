package dev.tiaki.tracker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something that happened to the list of connections. */
public sealed interface ConnectionEvent {
  /**
   * A connection entered the list.
   *
   * @param connection its facts at that moment
   */
  record Opened(ConnectionInfo connection) implements ConnectionEvent {}

  /**
   * A connection left the list.
   *
   * @param connection its facts at that moment
   * @param error why closing failed, or null
   */
  record Closed(ConnectionInfo connection, @Nullable IOException error)
      implements ConnectionEvent {}

  /**
   * Accepting or dialing failed.
   *
   * @param category the name of the group it would have been in
   * @param role which side this program would have been
   * @param address the address dialed, or the one that was listened on
   * @param error why
   */
  record Failed(String category, Role role, String address, IOException error)
      implements ConnectionEvent {}
}
