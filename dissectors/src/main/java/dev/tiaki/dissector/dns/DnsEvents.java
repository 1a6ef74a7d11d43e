package dev.tiaki.dissector.dns;

import dev.tiaki.engine.event.EventPoint;
import org.jspecify.annotations.Nullable;

/**
 * The events of DNS. While none has a listener, messages pass unread.
 *
 * @param query every query
 * @param response every response to a query that was seen
 * @param unmatched every response to no query that was seen, before the default drops it
 * @param malformed every message that cannot be read, before the default drops it
 */
public record DnsEvents(
    EventPoint<QueryListener> query,
    EventPoint<ResponseListener> response,
    EventPoint<ResponseListener> unmatched,
    EventPoint<MalformedListener> malformed) {

  /** Listens to queries. */
  @FunctionalInterface
  public interface QueryListener {
    /** A query came; the listener may edit or drop it. */
    void query(DnsFlow dns, DnsTransaction query);
  }

  /** Listens to responses. */
  @FunctionalInterface
  public interface ResponseListener {
    /**
     * A response came; the listener may edit or drop it.
     *
     * @param query the query, which can only be read any more; null when there is none
     */
    void response(DnsFlow dns, DnsTransaction response, @Nullable DnsTransaction query);
  }

  /** Listens to what is no message. */
  @FunctionalInterface
  public interface MalformedListener {
    /** A packet or piece of a stream came that should be a message. */
    void malformed(DnsFlow dns, DnsParse.Malformed malformed);
  }

  /** Makes all events without listeners. */
  public DnsEvents() {
    this(
        new EventPoint<>("dns:query"),
        new EventPoint<>("dns:response"),
        new EventPoint<>("dns:mismatching_response"),
        new EventPoint<>("dns:malformed"));
  }

  boolean isEmpty() {
    return query.isEmpty() && response.isEmpty() && unmatched.isEmpty() && malformed.isEmpty();
  }
}
