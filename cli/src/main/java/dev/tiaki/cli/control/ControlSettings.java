package dev.tiaki.cli.control;

import dev.tiaki.cli.control.http.Tls;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the control API is served and to whom.
 *
 * @param socket the file of a Unix socket, or null for none
 * @param required whether the run ends when the socket cannot be made; otherwise it goes on without
 * @param group who may use the socket beside its owner, or null
 * @param remote where it is served over TCP, or null
 */
public record ControlSettings(
    @Nullable Path socket, boolean required, @Nullable String group, @Nullable Remote remote) {
  /** Where a run serves it that was not told otherwise. */
  public static final Path DEFAULT_SOCKET = Path.of("/run/tiaki/control.sock");

  /** Nowhere. */
  public static final ControlSettings NONE = new ControlSettings(null, false, null, null);

  /**
   * The API over TCP.
   *
   * @param address where
   * @param tls the certificate and its key
   * @param tokenFile holds what clients have to know
   */
  public record Remote(InetSocketAddress address, Tls tls, Path tokenFile) {}

  /** Tells whether it is served anywhere. */
  public boolean isOn() {
    return socket != null || remote != null;
  }
}
