package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.engine.event.ListenerScope;
import org.jspecify.annotations.Nullable;

/**
 * The points at which rules may decide otherwise than the dissector would. A policy acts on the
 * packet or the flow itself; a packet that it leaves undecided goes on.
 */
public final class TcpConnectionPolicies {
  /** Decides about a packet of which no connection is known. */
  @FunctionalInterface
  public interface NoConnectionFound {
    /** {@code tcp} belongs to no connection; it passes unless it is dropped. */
    void apply(TcpPacket tcp);
  }

  /** Decides about a packet that does not fit its connection's state. */
  @FunctionalInterface
  public interface UnexpectedPacket {
    /**
     * {@code tcp} does not fit; the connection fails afterwards as Haka's does, or goes on without
     * it.
     *
     * @param description what is wrong, {@code invalid tcp establishement handshake} (sic) or
     *     {@code invalid tcp termination handshake}, or null
     */
    void apply(TcpFlow flow, TcpPacket tcp, @Nullable String description);
  }

  /** Decides about a new connection, before any listener. */
  @FunctionalInterface
  public interface NewConnection {
    /** {@code flow} opens with {@code tcp}. */
    void apply(TcpFlow flow, TcpPacket tcp);
  }

  /** Chooses the protocol on top of a new connection, after all listeners. */
  @FunctionalInterface
  public interface NextDissector {
    /** Calls {@link TcpFlow#setNextDissector} or leaves the flow as it is. */
    void apply(TcpFlow flow);
  }

  NoConnectionFound noConnectionFound;
  UnexpectedPacket unexpectedPacket;
  NewConnection newConnection = (flow, tcp) -> {};
  NextDissector nextDissector = flow -> {};

  TcpConnectionPolicies(NoConnectionFound noConnection, UnexpectedPacket unexpected) {
    this.noConnectionFound = noConnection;
    this.unexpectedPacket = unexpected;
  }

  /** Returns what decides about packets without a connection now, for a policy that adds to it. */
  public NoConnectionFound noConnectionFound() {
    return noConnectionFound;
  }

  /** Returns what decides about unexpected packets now, for a policy that adds to it. */
  public UnexpectedPacket unexpectedPacket() {
    return unexpectedPacket;
  }

  /** Replaces the default, an alert of severity low and a drop. */
  public void setNoConnectionFound(NoConnectionFound policy) {
    ListenerScope.replaced(noConnectionFound, policy, chosen -> noConnectionFound = chosen);
    noConnectionFound = policy;
  }

  /** Replaces the default, an alert and a drop. */
  public void setUnexpectedPacket(UnexpectedPacket policy) {
    ListenerScope.replaced(unexpectedPacket, policy, chosen -> unexpectedPacket = chosen);
    unexpectedPacket = policy;
  }

  /** Replaces the default, which does nothing. */
  public void setNewConnection(NewConnection policy) {
    ListenerScope.replaced(newConnection, policy, chosen -> newConnection = chosen);
    newConnection = policy;
  }

  /** Replaces the default, which chooses by the responder's port. */
  public void setNextDissector(NextDissector policy) {
    ListenerScope.replaced(nextDissector, policy, chosen -> nextDissector = chosen);
    nextDissector = policy;
  }
}
