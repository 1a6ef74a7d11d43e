package dev.tiaki.netfilter.libc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** One message to a Unix datagram socket, for which Java has no channel. */
public final class UnixDatagram {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x8_0000;
  private static final int PATH_OFFSET = 2;

  /** {@code sizeof(sun_path)} of {@code unix(7)}. */
  private static final int MAX_PATH_BYTES = 108;

  private UnixDatagram() {}

  /**
   * Sends one message.
   *
   * @param address the path of the socket; a leading {@code @} stands for the abstract namespace
   * @throws IOException when it cannot be sent; the message has the C library's words
   */
  public static void send(String address, String message) throws IOException {
    byte[] path = address.getBytes(StandardCharsets.UTF_8);
    if (path.length > MAX_PATH_BYTES) {
      throw new IOException(address + " is longer than the " + MAX_PATH_BYTES + " bytes of a path");
    }
    if (address.startsWith("@")) {
      path[0] = 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      int socket = checked(address, Libc.socket(state, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0));
      try {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        MemorySegment text = arena.allocateFrom(JAVA_BYTE, bytes);
        MemorySegment to = address(arena, path);
        checked(address, Libc.sendto(state, socket, text, bytes.length, to, (int) to.byteSize()));
      } finally {
        Libc.close(state, socket);
      }
    }
  }

  private static MemorySegment address(Arena arena, byte[] path) {
    MemorySegment address = arena.allocate(PATH_OFFSET + (long) path.length, 2);
    address.set(JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(path, 0, address, JAVA_BYTE, PATH_OFFSET, path.length);
    return address;
  }

  private static int checked(String address, long result) throws IOException {
    if (result < 0) {
      throw new IOException(address + ": " + Libc.strerror((int) -result));
    }
    return (int) result;
  }
}
