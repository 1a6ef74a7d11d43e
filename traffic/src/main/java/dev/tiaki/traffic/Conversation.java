package dev.tiaki.traffic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A TCP connection written as its transcript. {@code up} is from client to server, {@code down} the
 * other way; sequence and acknowledgement numbers and checksums are right unless a segment says
 * otherwise.
 *
 * <pre>{@code
 * Conversation.between("10.0.0.1:1234", "10.0.0.2:80")
 *     .handshake()
 *     .up("GET / HTTP/1.0\r\n\r\n")
 *     .down("HTTP/1.0 200 OK\r\n\r\n")
 *     .upAck()
 *     .fin()
 *     .writePcap(path);
 * }</pre>
 *
 * <p>An end acknowledges what it has received without a gap. Data offsets are octets from the first
 * octet after the SYN.
 */
public final class Conversation {
  private final Trace trace;
  private final Side client;
  private final Side server;
  private TcpOption[] synOptions = {TcpOption.mss(1460)};
  private int segmentBytes = 1460;
  private boolean timestamps;

  Conversation(Trace trace, Endpoint client, Endpoint server) {
    this.trace = trace;
    this.client = new Side(client, 1000);
    this.server = new Side(server, 5000);
  }

  /** Starts a conversation in a trace of its own; {@link Endpoint#of} reads the ends. */
  public static Conversation between(String client, String server) {
    return new Trace().conversation(client, server);
  }

  /** Returns the trace that the conversation is written to. */
  public Trace trace() {
    return trace;
  }

  /** Sets the link header; Ethernet unless set. */
  public Conversation over(Encapsulation link) {
    trace.over(link);
    return this;
  }

  /** Sets the initial sequence numbers; 1000 and 5000 unless set. */
  public Conversation initialSeq(int ofClient, int ofServer) {
    client.initialSeq = ofClient;
    server.initialSeq = ofServer;
    return this;
  }

  /** Sets the window fields; 65535 unless set. */
  public Conversation windows(int ofClient, int ofServer) {
    client.window = ofClient;
    server.window = ofServer;
    return this;
  }

  /** Sets how many octets of data go into one segment at most; 1460 unless set. */
  public Conversation segmentBytes(int octets) {
    segmentBytes = octets;
    return this;
  }

  /** Sets the options of both SYN segments; a maximum segment size of 1460 unless set. */
  public Conversation synOptions(TcpOption... options) {
    synOptions = options.clone();
    return this;
  }

  /** Puts the timestamps option on every segment that follows. */
  public Conversation withTimestamps() {
    timestamps = true;
    return this;
  }

  /** Moves the clock on. */
  public Conversation pause(Duration time) {
    trace.pause(time);
    return this;
  }

  /** SYN, SYN+ACK and ACK. */
  public Conversation handshake() {
    return syn().synAck().upAck();
  }

  /** The client's SYN. */
  public Conversation syn() {
    return syn("");
  }

  /** The client's SYN with data, RFC 7413. */
  public Conversation syn(String data) {
    TcpSegment segment = segment(client, server).flags("S").ackField(0).seq(client.initialSeq);
    return send(client, segment.option(synOptions).payload(data));
  }

  /** The server's SYN+ACK. */
  public Conversation synAck() {
    return send(
        server, segment(server, client).flags("SA").seq(server.initialSeq).option(synOptions));
  }

  /** Data from the client, in as many segments as it takes; the last one pushes. */
  public Conversation up(String data) {
    return up(octets(data));
  }

  /** Data from the client, in as many segments as it takes; the last one pushes. */
  public Conversation up(byte[] data) {
    return data(client, server, data);
  }

  /** Data from the server, in as many segments as it takes; the last one pushes. */
  public Conversation down(String data) {
    return down(octets(data));
  }

  /** Data from the server, in as many segments as it takes; the last one pushes. */
  public Conversation down(byte[] data) {
    return data(server, client, data);
  }

  /** One segment with data at this offset: a retransmission, an overlap or a jump ahead. */
  public Conversation upAt(long offset, String data) {
    return upAt(offset, octets(data));
  }

  /** One segment with data at this offset: a retransmission, an overlap or a jump ahead. */
  public Conversation upAt(long offset, byte[] data) {
    return send(client, segment(client, server).flags("PA").seq(upSeq(offset)).payload(data));
  }

  /** One segment with data at this offset: a retransmission, an overlap or a jump ahead. */
  public Conversation downAt(long offset, String data) {
    return downAt(offset, octets(data));
  }

  /** One segment with data at this offset: a retransmission, an overlap or a jump ahead. */
  public Conversation downAt(long offset, byte[] data) {
    return send(server, segment(server, client).flags("PA").seq(downSeq(offset)).payload(data));
  }

  /** Client data that never reaches the capture: the next segment starts behind it. */
  public Conversation skipUp(int octets) {
    client.next += octets;
    return this;
  }

  /** Server data that never reaches the capture: the next segment starts behind it. */
  public Conversation skipDown(int octets) {
    server.next += octets;
    return this;
  }

  /** The client acknowledges what it has; options such as SACK may be added. */
  public Conversation upAck(TcpOption... options) {
    return send(client, segment(client, server).option(options));
  }

  /** The server acknowledges what it has; options such as SACK may be added. */
  public Conversation downAck(TcpOption... options) {
    return send(server, segment(server, client).option(options));
  }

  /** The client has no more data. */
  public Conversation upFin() {
    return send(client, segment(client, server).flags("FA"));
  }

  /** The server has no more data. */
  public Conversation downFin() {
    return send(server, segment(server, client).flags("FA"));
  }

  /** The client closes, then the server: FIN, FIN, ACK. */
  public Conversation fin() {
    return upFin().downFin().upAck();
  }

  /** The server closes, then the client: FIN, FIN, ACK. */
  public Conversation finByServer() {
    return downFin().upFin().downAck();
  }

  /** The client resets the connection. */
  public Conversation upRst() {
    return send(client, segment(client, server).flags("RA"));
  }

  /** The server resets the connection. */
  public Conversation downRst() {
    return send(server, segment(server, client).flags("RA"));
  }

  /** A segment of the client whose fields are set by hand; it starts as a bare ACK. */
  public Conversation upSegment(UnaryOperator<TcpSegment> change) {
    return send(client, change.apply(segment(client, server)));
  }

  /** A segment of the server whose fields are set by hand; it starts as a bare ACK. */
  public Conversation downSegment(UnaryOperator<TcpSegment> change) {
    return send(server, change.apply(segment(server, client)));
  }

  /** As {@link #upSegment}, but no part of the conversation: the server does not take it. */
  public Conversation upStray(UnaryOperator<TcpSegment> change) {
    trace.send(change.apply(segment(client, server)).toIp());
    return this;
  }

  /** As {@link #downSegment}, but no part of the conversation: the client does not take it. */
  public Conversation downStray(UnaryOperator<TcpSegment> change) {
    trace.send(change.apply(segment(server, client)).toIp());
    return this;
  }

  /** The last segment was lost before the capture, and nobody acknowledges it. */
  public Conversation lose() {
    trace.lose();
    client.arrived = client.arrivedBefore;
    server.arrived = server.arrivedBefore;
    return this;
  }

  /** The last frame once more. */
  public Conversation again() {
    trace.again();
    return this;
  }

  /** The last two frames in exchanged order. */
  public Conversation swap() {
    trace.swap();
    return this;
  }

  /** The last frame as IP fragments of this many octets, a multiple of 8. */
  public Conversation fragment(int payloadBytes) {
    trace.fragment(payloadBytes);
    return this;
  }

  /** Returns the sequence number of the client's octet at this offset. */
  public int upSeq(long offset) {
    return client.seq(1 + offset);
  }

  /** Returns the sequence number of the server's octet at this offset. */
  public int downSeq(long offset) {
    return server.seq(1 + offset);
  }

  /** Returns the frames of the trace so far. */
  public List<Frame> frames() {
    return trace.frames();
  }

  /** Writes the trace as a pcap file with nanoseconds. */
  public void writePcap(Path file) throws IOException {
    trace.writePcap(file);
  }

  private Conversation data(Side from, Side to, byte[] data) {
    for (int at = 0; at < data.length; at += segmentBytes) {
      int end = Math.min(data.length, at + segmentBytes);
      TcpSegment segment = segment(from, to).flags(end == data.length ? "PA" : "A");
      send(from, segment.payload(Arrays.copyOfRange(data, at, end)));
    }
    return this;
  }

  private TcpSegment segment(Side from, Side to) {
    TcpSegment segment = TcpSegment.between(from.endpoint, to.endpoint);
    segment.seq(from.seq(from.next)).ack(to.seq(to.arrived.next())).window(from.window);
    if (timestamps) {
      from.timestamp = (int) (trace.nanos() / 1_000_000);
      segment.option(TcpOption.nop(), TcpOption.nop());
      segment.option(TcpOption.timestamps(from.timestamp, to.timestamp));
    }
    return segment;
  }

  private Conversation send(Side from, TcpSegment segment) {
    client.arrivedBefore = client.arrived.copy();
    server.arrivedBefore = server.arrived.copy();
    from.sent(segment);
    trace.send(segment.toIp());
    return this;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
