package dev.tiaki.cli.assembly;

import dev.tiaki.cli.streams.StreamFiles;
import dev.tiaki.cli.streams.StreamRow;
import dev.tiaki.dissector.ip.IpPacket;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.dissector.tcpconnection.StreamObservers;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.stream.StreamObserver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leads the bytes of one worker's TCP streams to their files. */
final class StreamTap implements StreamObservers {
  private final StreamFiles files;
  private final Map<Long, StreamFiles.Stream> open = new HashMap<>();
  private final Map<Ends, StreamFiles.Stream> unclaimed = new HashMap<>();
  private final Set<Ends> seen = new HashSet<>();
  private CapturePlace place = CapturePlace.NONE;

  /** Two ends, in an order that does not depend on who sends. */
  private record Ends(
      long lowHigh, long lowLow, int lowPort, long highHigh, long highLow, int highPort) {

    static Ends of(TcpPacket tcp) {
      IpPacket ip = tcp.ip();
      int order = Long.compareUnsigned(ip.sourceHigh(), ip.destinationHigh());
      order = order != 0 ? order : Long.compareUnsigned(ip.sourceLow(), ip.destinationLow());
      order = order != 0 ? order : Integer.compare(tcp.sourcePort(), tcp.destinationPort());
      return order <= 0
          ? new Ends(
              ip.sourceHigh(),
              ip.sourceLow(),
              tcp.sourcePort(),
              ip.destinationHigh(),
              ip.destinationLow(),
              tcp.destinationPort())
          : new Ends(
              ip.destinationHigh(),
              ip.destinationLow(),
              tcp.destinationPort(),
              ip.sourceHigh(),
              ip.sourceLow(),
              tcp.sourcePort());
    }
  }

  StreamTap(StreamFiles files) {
    this.files = files;
  }

  /** Says which capture the next packets are from. */
  void beginCapture(CapturePlace capture) {
    place = capture;
  }

  /**
   * Notes a packet. The first between two ends begins a stream even when no connection is known, as
   * a lone RST does: numbers are the same then as other tools give.
   */
  void packet(TcpPacket tcp) {
    Ends ends = Ends.of(tcp);
    if (seen.add(ends)) {
      unclaimed.put(ends, files.open(row(tcp)));
    }
  }

  /** Begins a stream, or takes over the one that the packet has just begun. */
  void opened(TcpFlow flow, TcpPacket first) {
    StreamRow row = row(flow, first.packet().number());
    StreamFiles.Stream stream = unclaimed.remove(Ends.of(first));
    if (stream == null) {
      stream = files.open(row);
    } else {
      stream.describe(row);
    }
    open.put(flow.id(), stream);
  }

  private StreamRow row(TcpPacket tcp) {
    return new StreamRow(
        place.name(),
        place.rank(),
        tcp.packet().number(),
        tcp.ip().source().toString(),
        tcp.sourcePort(),
        tcp.ip().destination().toString(),
        tcp.destinationPort());
  }

  private StreamRow row(TcpFlow flow, long firstPacket) {
    return new StreamRow(
        place.name(),
        place.rank(),
        firstPacket,
        flow.sourceAddress().toString(),
        flow.sourcePort(),
        flow.destinationAddress().toString(),
        flow.destinationPort());
  }

  @Override
  public @Nullable StreamObserver observe(TcpFlow flow, Direction direction) {
    StreamFiles.Stream stream = open.get(flow.id());
    return stream == null ? null : stream.observer(direction);
  }

  /** Forgets the streams: rules may see the end of a connection before its last bytes. */
  void endFlows() {
    open.clear();
    unclaimed.clear();
    seen.clear();
  }
}
