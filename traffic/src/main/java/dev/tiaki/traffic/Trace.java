package dev.tiaki.traffic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A capture that is being written: frames in order, with a clock that moves on by one step after
 * each frame, so that the same code always gives the same bytes.
 *
 * <pre>{@code
 * Trace trace = new Trace().over(Encapsulation.vlan(7));
 * Conversation web = trace.conversation("10.0.0.1:1234", "10.0.0.2:80").handshake();
 * trace.send(UdpDatagram.between("10.0.0.1:5353", "10.0.0.2:53").payload("?").toIp());
 * web.up("GET / HTTP/1.0\r\n\r\n").down("HTTP/1.0 200 OK\r\n\r\n").fin();
 * trace.writePcap(path);
 * }</pre>
 */
public final class Trace {
  private static final int FIRST_IDENTIFICATION = 0x1000;

  private final List<Frame> frames = new ArrayList<>();
  private Encapsulation encapsulation = Encapsulation.ethernet();
  private long nanos = nanosOf(Instant.parse("2026-01-01T00:00:00Z"));
  private long stepNanos = 1_000_000;
  private int identification = FIRST_IDENTIFICATION;

  /** Sets the link header of the frames that follow; Ethernet unless set. */
  public Trace over(Encapsulation link) {
    encapsulation = link;
    return this;
  }

  /** Sets the clock; 2026-01-01T00:00:00Z unless set. */
  public Trace at(Instant time) {
    nanos = nanosOf(time);
    return this;
  }

  /** Sets the time from one frame to the next; one millisecond unless set. */
  public Trace every(Duration step) {
    stepNanos = step.toNanos();
    return this;
  }

  /** Moves the clock on. */
  public Trace pause(Duration time) {
    nanos += time.toNanos();
    return this;
  }

  /** Returns the time of the next frame, nanoseconds since the Unix epoch. */
  public long nanos() {
    return nanos;
  }

  /** Starts a conversation in this trace; ends are written as {@link Endpoint#of} reads them. */
  public Conversation conversation(String client, String server) {
    return new Conversation(this, Endpoint.of(client), Endpoint.of(server));
  }

  /** Adds an IP datagram. */
  public Trace send(IpDatagram datagram) {
    return send(datagram.bytes());
  }

  /** Adds an IP datagram, right or wrong; the first octet says the version. */
  public Trace send(byte[] datagram) {
    return add(encapsulation.frame(datagram, nanos));
  }

  /** Adds a network packet of any EtherType. */
  public Trace send(int etherType, byte[] packet) {
    return add(encapsulation.frame(etherType, packet, nanos));
  }

  /** Adds a frame as it is, at the time of the clock. */
  public Trace sendFrame(byte[] frame) {
    return add(new Frame(frame, 0, nanos, encapsulation.linkType(), frame.length));
  }

  /** Takes the last frame away: it was lost before the capture. */
  public Trace lose() {
    frames.removeLast();
    return this;
  }

  /** Adds the last frame once more. */
  public Trace again() {
    return add(frames.getLast());
  }

  /** Exchanges the last two frames; times stay in order. */
  public Trace swap() {
    return reorder(2, 1, 0);
  }

  /**
   * Puts the last frames in another order; times stay in order.
   *
   * @param count how many of the last frames are meant
   * @param order for each place the index, from 0, of the frame that comes there
   */
  public Trace reorder(int count, int... order) {
    int first = frames.size() - count;
    List<Frame> last = List.copyOf(frames.subList(first, frames.size()));
    for (int i = 0; i < count; i++) {
      frames.set(first + i, last.get(order[i]).at(last.get(i).nanos()));
    }
    return this;
  }

  /** Puts the last frames in an order that the random numbers give; times stay in order. */
  public Trace shuffle(int count, RandomGenerator random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    return reorder(count, order.stream().mapToInt(i -> i).toArray());
  }

  /**
   * Replaces the last frame by its IP fragments.
   *
   * @param payloadBytes octets in each fragment, a multiple of 8
   */
  public Trace fragment(int payloadBytes) {
    Frame whole = frames.removeLast();
    nanos = whole.nanos();
    for (byte[] part : Fragments.of(whole.network(), payloadBytes, identification++)) {
      send(part);
    }
    return this;
  }

  /** Cuts the last frame as a capture with this snapshot length does. */
  public Trace cut(int snapLength) {
    frames.set(frames.size() - 1, frames.getLast().cut(snapLength));
    return this;
  }

  /** Returns the frames so far. */
  public List<Frame> frames() {
    return List.copyOf(frames);
  }

  /** Returns the frames as a pcap file with nanoseconds; all must be of one link type. */
  public byte[] toPcap() {
    return PcapBytes.of(frames);
  }

  /** Writes the frames as a pcap file with nanoseconds. */
  public void writePcap(Path file) throws IOException {
    Files.write(file, toPcap());
  }

  private Trace add(Frame frame) {
    frames.add(frame.at(nanos));
    nanos += stepNanos;
    return this;
  }

  private static long nanosOf(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }
}
