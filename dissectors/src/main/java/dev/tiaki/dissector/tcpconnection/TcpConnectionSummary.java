package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;

/** What was covered: connections seen, complete, with gaps, and the bytes delivered. */
final class TcpConnectionSummary {
  private final Counter seen;
  private final Counter midstream;
  private final Counter complete;
  private final Counter withGaps;
  private final Counter bytes;
  private final Counter refused;
  private final Counter evicted;

  TcpConnectionSummary(Counters counters) {
    seen = counters.counter("tcp.connections", "TCP connections");
    midstream = counters.counter("tcp.connections.midstream", "of them taken up mid-stream");
    complete = counters.counter("tcp.connections.complete", "of them seen from SYN to FIN");
    withGaps = counters.counter("tcp.connections.withGaps", "of them with missing bytes");
    bytes = counters.counter("tcp.deliveredBytes", "bytes delivered in order");
    refused = counters.counter("tcp.connections.refused", "not followed: too many connections");
    evicted = counters.counter("tcp.connections.evicted", "given up: too many connections");
  }

  void opened(TcpFlow flow) {
    seen.increment();
    if (flow.isMidstream()) {
      midstream.increment();
    }
  }

  void delivered(int count) {
    bytes.add(count);
  }

  /** The first gap of one direction; a connection with gaps both ways counts once. */
  void gap(TcpFlow flow) {
    if (!flow.gapCounted) {
      flow.gapCounted = true;
      withGaps.increment();
    }
  }

  void closed(TcpFlow flow) {
    if (flow.isComplete()) {
      complete.increment();
    }
  }

  /** Counts connections for which there was no room. */
  Counter refused() {
    return refused;
  }

  /** Counts connections that were given up for others. */
  Counter evicted() {
    return evicted;
  }
}
