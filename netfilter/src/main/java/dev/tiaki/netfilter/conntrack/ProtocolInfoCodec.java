package dev.tiaki.netfilter.conntrack;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.MessageWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The states of protocols as attributes. Every field is optional: the events of an ended flow carry
 * the state alone since Linux 5.11.
 */
final class ProtocolInfoCodec {
  private static final int TCP = 1;
  private static final int DCCP = 2;
  private static final int SCTP = 3;
  private static final int MAX_FIELD = 5;

  private final AttributeCursor protocols = new AttributeCursor();
  private final AttributeCursor fields = new AttributeCursor();
  private final long[] values = new long[MAX_FIELD + 1];

  @Nullable ProtocolInfo read(AttributeCursor cursor) {
    cursor.into(protocols);
    while (protocols.next()) {
      int protocol = protocols.type();
      readFields(protocol == TCP);
      switch (protocol) {
        case TCP -> {
          return tcp();
        }
        case SCTP -> {
          return sctp();
        }
        case DCCP -> {
          return new ProtocolInfo.Dccp((int) values[1], (int) values[2], values[3]);
        }
        default -> {}
      }
    }
    return null;
  }

  private void readFields(boolean tcp) {
    Arrays.fill(values, Flow.ABSENT);
    protocols.into(fields);
    while (fields.next()) {
      int type = fields.type();
      if (type <= MAX_FIELD) {
        // TCP's fields 4 and 5 are {flags, mask}: only the flags tell something in an answer
        values[type] = tcp && type >= 4 ? fields.octet(0) : fields.number();
      }
    }
  }

  private @Nullable ProtocolInfo tcp() {
    TcpState state = TcpState.of((int) values[1]);
    return state == null
        ? null
        : new ProtocolInfo.Tcp(
            state, (int) values[2], (int) values[3], (int) values[4], (int) values[5]);
  }

  private @Nullable ProtocolInfo sctp() {
    SctpState state = SctpState.of((int) values[1]);
    return state == null ? null : new ProtocolInfo.Sctp(state, values[2], values[3]);
  }

  static void write(MessageWriter writer, ProtocolInfo info) {
    long nest = writer.beginNest(CtAttribute.PROTOCOL_INFO);
    switch (info) {
      case ProtocolInfo.Tcp tcp -> writeTcp(writer, tcp);
      case ProtocolInfo.Sctp sctp -> {
        long fields = writer.beginNest(SCTP);
        writer.u8(1, sctp.state().number());
        writer.u32(2, Math.max(0, sctp.tagOriginal())).u32(3, Math.max(0, sctp.tagReply()));
        writer.endNest(fields);
      }
      case ProtocolInfo.Dccp dccp -> {
        long fields = writer.beginNest(DCCP);
        writer.u8(1, dccp.state()).u8(2, Math.max(0, dccp.role()));
        writer.u64(3, Math.max(0, dccp.handshakeSequence()));
        writer.endNest(fields);
      }
    }
    writer.endNest(nest);
  }

  private static void writeTcp(MessageWriter writer, ProtocolInfo.Tcp tcp) {
    long fields = writer.beginNest(TCP);
    writer.u8(1, tcp.state().number());
    if (tcp.windowScaleOriginal() >= 0) {
      writer.u8(2, tcp.windowScaleOriginal());
    }
    if (tcp.windowScaleReply() >= 0) {
      writer.u8(3, tcp.windowScaleReply());
    }
    if (tcp.flagsOriginal() >= 0) {
      writer.octets(4, new byte[] {(byte) tcp.flagsOriginal(), (byte) 0xff});
    }
    if (tcp.flagsReply() >= 0) {
      writer.octets(5, new byte[] {(byte) tcp.flagsReply(), (byte) 0xff});
    }
    writer.endNest(fields);
  }
}
