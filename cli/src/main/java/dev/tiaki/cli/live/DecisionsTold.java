package dev.tiaki.cli.live;

import dev.tiaki.cli.inline.DecidedFlows;
import dev.tiaki.cli.inline.DecisionSocket;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogOutput;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells other processes what the run decided, where that is possible: guarding does not depend on
 * it.
 */
final class DecisionsTold implements AutoCloseable {
  private final @Nullable DecisionSocket socket;

  private DecisionsTold(@Nullable DecisionSocket socket) {
    this.socket = socket;
  }

  static DecisionsTold begin(DecidedFlows flows, LogOutput log) {
    try {
      long namespace = NetworkNamespace.own().number();
      return new DecisionsTold(DecisionSocket.serve(DecisionSocket.FOLDER, namespace, flows));
    } catch (IOException e) {
      log.write(
          "core",
          LogLevel.WARN,
          "'tiaki conntrack list' will not name rules, cannot write to "
              + DecisionSocket.FOLDER
              + ": "
              + e.getMessage());
      return new DecisionsTold(null);
    }
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
  }
}
