package dev.tiaki.tracker.view;

import dev.tiaki.tracker.ConnectionInfo;
import java.util.List;
import java.util.stream.Collectors;

/** The list as a JSON array, one object for each connection. */
public final class ConnectionsJson {
  private ConnectionsJson() {}

  /** Returns {@code connections} as a JSON array, a line for each. */
  public static String of(List<ConnectionInfo> connections) {
    return connections.stream()
        .map(ConnectionInfo::toJson)
        .collect(Collectors.joining(",\n", "[", "]\n"));
  }
}
