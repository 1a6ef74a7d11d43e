package dev.tiaki.dissector.tcpconnection;

import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.dissector.tcp.VerifyChecksums;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.WorkerContext;

/**
 * Keeps packets that their receiver will discard from misleading a connection.
 *
 * <p>Under {@link VerifyChecksums#AUTO} the checksums of connection control and of data that is not
 * simply next are verified. A sender whose first verified checksum is wrong computes them in its
 * network card, behind the capture, and is trusted from then on.
 */
final class ChecksumGuard {
  private static final int CONTROL = TcpLayout.SYN | TcpLayout.FIN | TcpLayout.RST;

  private final boolean never;
  private final Counter offloaded;

  ChecksumGuard(WorkerContext context) {
    never = context.mode().hakaCompatible();
    offloaded =
        context
            .counters()
            .counter("tcp.checksumOffload", "TCP senders with checksum offload recognised");
  }

  boolean trusts(TcpHalf half, TcpPacket tcp) {
    boolean plain =
        (tcp.flags() & CONTROL) == 0
            && (!half.started || tcp.sequence() == half.next || tcp.receivedPayloadLength() == 0);
    if (plain
        || never
        || half.offloadedChecksums
        || tcp.dissector().settings().verifyChecksums() != VerifyChecksums.AUTO) {
      return true;
    }
    boolean right = tcp.dissector().verifyChecksum(tcp);
    if (right) {
      half.goodChecksums = true;
    } else if (!half.goodChecksums) {
      half.offloadedChecksums = true;
      offloaded.increment();
      return true;
    }
    return right;
  }
}
