package dev.tiaki.cli.eve;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Who talks to whom.
 *
 * @param source the sender's address as text
 * @param sourcePort its port; -1 when the protocol has none
 * @param destination the receiver's address as text
 * @param destinationPort its port; -1 when the protocol has none
 * @param protocol {@code TCP}, {@code UDP}, {@code ICMP} …, or a number in three digits
 */
public record EveEnds(
    String source, int sourcePort, String destination, int destinationPort, String protocol) {

  void write(JsonGenerator json) throws IOException {
    json.writeStringField("src_ip", source);
    if (sourcePort >= 0) {
      json.writeNumberField("src_port", sourcePort);
    }
    json.writeStringField("dest_ip", destination);
    if (destinationPort >= 0) {
      json.writeNumberField("dest_port", destinationPort);
    }
    json.writeStringField("proto", protocol);
    json.writeNumberField("ip_v", source.indexOf(':') >= 0 ? 6 : 4);
  }

  /** Tells whether this is the other direction of {@code other}. */
  boolean isReverseOf(EveEnds other) {
    return sourcePort == other.destinationPort
        && destinationPort == other.sourcePort
        && source.equals(other.destination)
        && destination.equals(other.source);
  }
}
