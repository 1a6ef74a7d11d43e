package dev.tiaki.cli.eve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.dissector.dns.DnsMessage;
import dev.tiaki.dissector.tls.TlsFlow;
import dev.tiaki.engine.alert.Alert;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes EVE records, one JSON object a line. Shared by all workers. */
public final class EveWriter implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream stream;
  private final JsonGenerator json;

  /**
   * Makes a writer to {@code stream}, which is closed with it.
   *
   * @throws IOException when the stream cannot be written to
   */
  public EveWriter(OutputStream stream) throws IOException {
    this.stream = new BufferedOutputStream(stream, BUFFER_BYTES);
    this.json = new JsonFactory().createGenerator(this.stream);
    json.setRootValueSeparator(null);
  }

  /** What stands in a record behind the common fields. */
  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes an {@code alert} record. */
  public void alert(Alert alert, EvePlace place) {
    EveEnds ends = place.packet() != null ? place.packet() : place.flow();
    record(
        "alert",
        alert.timeNanos(),
        body -> {
          flowId(body, place.flowId());
          if (place.packetNumber() > 0) {
            body.writeNumberField("pcap_cnt", place.packetNumber());
          }
          body.writeStringField("pcap_filename", place.capture());
          writeEnds(body, ends);
          direction(body, place);
          body.writeStringField("pkt_src", "wire/pcap");
          EveAlert.write(body, alert, place.blocked());
        });
  }

  private static void direction(JsonGenerator json, EvePlace place) throws IOException {
    EveEnds packet = place.packet();
    EveEnds flow = place.flow();
    if (packet != null && flow != null) {
      json.writeStringField("direction", packet.isReverseOf(flow) ? "to_client" : "to_server");
    }
  }

  /** Writes a {@code drop} record. */
  public void drop(EveDrop drop) {
    EvePlace place = drop.place();
    record(
        "drop",
        drop.nanos(),
        body -> {
          flowId(body, place.flowId());
          if (place.packetNumber() > 0) {
            body.writeNumberField("pcap_cnt", place.packetNumber());
          }
          body.writeStringField("pcap_filename", place.capture());
          writeEnds(body, place.packet() != null ? place.packet() : place.flow());
          direction(body, place);
          body.writeStringField("pkt_src", "wire/pcap");
          drop.write(body);
        });
  }

  /** Writes a {@code flow} record. */
  public void flow(EveFlow flow) {
    record(
        "flow",
        flow.endNanos(),
        body -> {
          flowId(body, flow.id());
          body.writeStringField("pcap_filename", flow.capture());
          writeEnds(body, flow.ends());
          flow.write(body);
        });
  }

  /** Writes an {@code http} record. */
  public void http(EveHttp http) {
    record(
        "http",
        http.nanos(),
        body -> {
          flowId(body, http.flowId());
          body.writeStringField("pcap_filename", http.capture());
          writeEnds(body, http.ends());
          http.write(body);
        });
  }

  /** Writes a {@code dns} record about a message. */
  public void dns(long nanos, EvePlace place, DnsMessage message) {
    record(
        "dns",
        nanos,
        body -> {
          ofFlow(body, place);
          EveDns.write(body, message);
        });
  }

  /** Writes a {@code tls} record about a handshake that is done. */
  public void tls(long nanos, EvePlace place, TlsFlow tls) {
    record(
        "tls",
        nanos,
        body -> {
          ofFlow(body, place);
          EveTls.write(body, tls);
        });
  }

  private static void ofFlow(JsonGenerator json, EvePlace place) throws IOException {
    flowId(json, place.flowId());
    json.writeStringField("pcap_filename", place.capture());
    writeEnds(json, place.flow());
  }

  /** Writes a {@code stats} record with the time {@code nanos}. */
  public void stats(long nanos, EveStats stats) {
    record("stats", nanos, stats::write);
  }

  private static void flowId(JsonGenerator json, long id) throws IOException {
    if (id != 0) {
      json.writeNumberField("flow_id", id);
    }
  }

  private static void writeEnds(JsonGenerator json, @Nullable EveEnds ends) throws IOException {
    if (ends != null) {
      ends.write(json);
    }
  }

  private synchronized void record(String type, long nanos, Body body) {
    try {
      json.writeStartObject();
      json.writeStringField("timestamp", EveTime.of(nanos));
      json.writeStringField("event_type", type);
      body.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    json.close();
    stream.close();
  }
}
