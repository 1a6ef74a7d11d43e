package dev.tiaki.cli.command;

import dev.tiaki.netfilter.libc.UnixDatagram;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the service manager how a run is, as {@code sd_notify(3)} does: a unit of {@code
 * Type=notify} is started when traffic is guarded, and not before.
 */
final class ServiceNotice {
  private static final String SOCKET = "NOTIFY_SOCKET";

  private final @Nullable String socket;

  /** Makes it for the service manager that this environment names, if it names one. */
  ServiceNotice(Map<String, String> environment) {
    this.socket = environment.get(SOCKET);
  }

  /** Traffic is guarded. */
  void ready(String status) {
    send("READY=1\nSTATUS=" + status);
  }

  /** The end has begun. */
  void stopping() {
    send("STOPPING=1");
  }

  private void send(String message) {
    if (socket == null) {
      return;
    }
    try {
      UnixDatagram.send(socket, message);
    } catch (IOException e) {
      System.err.println("tiaki run: the service manager was not told: " + e.getMessage());
    }
  }
}
