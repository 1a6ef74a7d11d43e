package dev.tiaki.netfilter.raw;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.tiaki.netfilter.libc.Libc;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sends whole IP packets of both families, with any source address and a packet mark. They enter
 * the kernel at its output hook and are routed by their destination. For one thread; sending
 * allocates nothing. Needs CAP_NET_RAW and, for the mark, CAP_NET_ADMIN.
 *
 * <p>The kernel computes the header checksum of IPv4 and fills in an identification of 0 (raw(7));
 * everything else goes out as it is.
 */
public final class RawSender implements AutoCloseable {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x8_0000;
  private static final int IPPROTO_RAW = 255;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUF = 7;
  private static final int SO_MARK = 36;
  private static final int SEND_BUFFER_BYTES = 4 << 20;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int ADDRESS4_BYTES = 16;
  private static final int ADDRESS6_BYTES = 28;
  private static final int DESTINATION4 = 16;
  private static final int DESTINATION6 = 24;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = Libc.state(arena);
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);
  private final MemorySegment address4 = arena.allocate(ADDRESS4_BYTES, 8);
  private final MemorySegment address6 = arena.allocate(ADDRESS6_BYTES, 8);
  private int socket4 = -1;
  private int socket6 = -1;

  private RawSender() {}

  /**
   * Opens the sockets; one family may be missing in the kernel.
   *
   * @param mark the mark of every packet that is sent, 0 for none
   * @throws IOException with EPERM without the capabilities
   */
  public static RawSender open(NetworkNamespace namespace, int mark) throws IOException {
    return namespace.call(() -> {
      RawSender sender = new RawSender();
      try {
        sender.start(mark);
      } catch (IOException | RuntimeException e) {
        sender.close();
        throw e;
      }
      return sender;
    });
  }

  private void start(int mark) throws NetlinkException {
    address4.set(JAVA_SHORT, 0, (short) AF_INET);
    address6.set(JAVA_SHORT, 0, (short) AF_INET6);
    socket4 = Libc.socket(state, AF_INET, SOCK_RAW_CLOEXEC, IPPROTO_RAW);
    socket6 = Libc.socket(state, AF_INET6, SOCK_RAW_CLOEXEC, IPPROTO_RAW);
    if (socket4 < 0 && socket6 < 0) {
      throw new NetlinkException("raw socket (needs CAP_NET_RAW)", -socket4, null);
    }
    configure(socket4, mark);
    configure(socket6, mark);
  }

  private void configure(int socket, int mark) throws NetlinkException {
    if (socket < 0) {
      return;
    }
    buffer.set(JAVA_INT, 0, mark);
    int result = mark == 0 ? 0 : Libc.setsockopt(state, socket, SOL_SOCKET, SO_MARK, buffer, 4);
    if (result < 0) {
      throw new NetlinkException("mark of a raw socket", -result, null);
    }
    buffer.set(JAVA_INT, 0, SEND_BUFFER_BYTES);
    Libc.setsockopt(state, socket, SOL_SOCKET, SO_SNDBUF, buffer, 4);
  }

  /**
   * Sends an IP packet, whose version nibble says the family.
   *
   * @param length at most 65 535
   * @return 0, or the positive errno: EMSGSIZE for one that is longer than its device's MTU
   */
  public int send(byte[] packet, int offset, int length) {
    boolean ipv6 = (packet[offset] & 0xf0) == 0x60;
    int socket = ipv6 ? socket6 : socket4;
    MemorySegment address = ipv6 ? address6 : address4;
    MemorySegment.copy(packet, offset, buffer, JAVA_BYTE, 0, length);
    if (ipv6) {
      MemorySegment.copy(buffer, DESTINATION6, address6, 8, 16);
    } else {
      MemorySegment.copy(buffer, DESTINATION4, address4, 4, 4);
    }
    int addressBytes = ipv6 ? ADDRESS6_BYTES : ADDRESS4_BYTES;
    long sent = Libc.sendto(state, socket, buffer, length, address, addressBytes);
    return (int) Math.max(0, -sent);
  }

  @Override
  public void close() {
    if (!arena.scope().isAlive()) {
      return;
    }
    if (socket4 >= 0) {
      Libc.close(state, socket4);
    }
    if (socket6 >= 0) {
      Libc.close(state, socket6);
    }
    arena.close();
  }
}
