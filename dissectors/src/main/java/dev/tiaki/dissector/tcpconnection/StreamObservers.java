package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.stream.StreamObserver;
import org.jspecify.annotations.Nullable;

/** Says who watches the data of a connection, independently of rules. */
@FunctionalInterface
public interface StreamObservers {
  /** Returns who watches this direction, asked at its first payload; null for nobody. */
  @Nullable StreamObserver observe(TcpFlow flow, Direction direction);
}
