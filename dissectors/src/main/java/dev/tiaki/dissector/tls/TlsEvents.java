package dev.tiaki.dissector.tls;

import dev.tiaki.engine.event.EventPoint;

/**
 * The events of TLS. While none has a listener, connections pass unread.
 *
 * @param clientHello every client hello, the second one after a retry included
 * @param serverHello every server hello, one that asks for a retry included
 * @param certificate the certificates that an end sent in the clear: up to TLS 1.2
 * @param handshake nothing more can be read: the rest is encrypted, or the connection has ended
 * @param malformed what does not go on as TLS; the connection passes unless a listener drops it
 */
public record TlsEvents(
    EventPoint<Listener> clientHello,
    EventPoint<Listener> serverHello,
    EventPoint<Listener> certificate,
    EventPoint<Listener> handshake,
    EventPoint<FaultListener> malformed) {

  /** Listens to what {@link TlsFlow} has become to know. */
  @FunctionalInterface
  public interface Listener {
    /** {@code tls} knows more; the listener may drop, reset or bypass its connection. */
    void changed(TlsFlow tls);
  }

  /** Listens to what cannot be read. */
  @FunctionalInterface
  public interface FaultListener {
    /** {@code tls} is not read on. */
    void malformed(TlsFlow tls, TlsFault fault);
  }

  /** Makes all events without listeners. */
  public TlsEvents() {
    this(
        new EventPoint<>("tls:client_hello"),
        new EventPoint<>("tls:server_hello"),
        new EventPoint<>("tls:certificate"),
        new EventPoint<>("tls:handshake"),
        new EventPoint<>("tls:malformed"));
  }

  boolean isEmpty() {
    return clientHello.isEmpty()
        && serverHello.isEmpty()
        && certificate.isEmpty()
        && handshake.isEmpty()
        && malformed.isEmpty();
  }
}
