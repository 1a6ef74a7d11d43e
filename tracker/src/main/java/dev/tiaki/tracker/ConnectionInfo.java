package dev.tiaki.tracker;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one connection at one moment. The counters are read one after the other: a
 * snapshot is not atomic across fields.
 *
 * @param id unique in its tracker, from 1, in order of registration
 * @param category the name of its group
 * @param role which side of it this program is
 * @param localAddress this program's end, or null when the connection has none that is known
 * @param remoteAddress the peer's end, or null when not known
 * @param openedAt when it was registered, by the wall clock
 * @param establishedFor how long it has been listed; no clock change alters it
 * @param readBytes how many bytes were read from it
 * @param writtenBytes how many bytes were written to it
 */
public record ConnectionInfo(
    long id,
    String category,
    Role role,
    @Nullable SocketAddress localAddress,
    @Nullable SocketAddress remoteAddress,
    Instant openedAt,
    Duration establishedFor,
    long readBytes,
    long writtenBytes) {

  /** Returns the seven facts, one on a line. */
  @Override
  public String toString() {
    return " Category:       %s\n ClientServer:   %s\n LocalAddr:      %s\n RemoteAddr:     %s\n EstablishedFor: %s\n ReadBytes:      %d\n WriteBytes:     %d\n"
        .formatted(
            category,
            role.wire(),
            Addresses.text(localAddress),
            Addresses.text(remoteAddress),
            DurationText.of(establishedFor),
            readBytes,
            writtenBytes);
  }

  /** Returns the seven facts as one JSON object, {@code establishedFor} in seconds. */
  public String toJson() {
    return "{\"id\":"
        + id
        + ",\"category\":"
        + JsonText.quote(category)
        + ",\"clientServer\":\""
        + role.wire()
        + "\",\"localAddr\":"
        + JsonText.quote(Addresses.text(localAddress))
        + ",\"remoteAddr\":"
        + JsonText.quote(Addresses.text(remoteAddress))
        + ",\"establishedFor\":"
        + JsonText.seconds(establishedFor)
        + ",\"readBytes\":"
        + readBytes
        + ",\"writeBytes\":"
        + writtenBytes
        + "}";
  }
}
