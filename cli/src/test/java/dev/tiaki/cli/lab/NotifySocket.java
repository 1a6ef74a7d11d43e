package dev.tiaki.cli.lab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.tiaki.netfilter.libc.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** The service manager's end of {@code sd_notify}: a Unix datagram socket that waits a while. */
public final class NotifySocket implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int MAX_BYTES = 512;
  private static final int PATIENCE_SECONDS = 20;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = Libc.state(arena);
  private final int socket = Libc.socket(state, AF_UNIX, SOCK_DGRAM, 0);

  /** Listens at a path, or in the abstract namespace where the name begins with 0. */
  public NotifySocket(String address) {
    byte[] path = address.getBytes(StandardCharsets.UTF_8);
    MemorySegment name = arena.allocate(2 + path.length);
    name.set(JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(path, 0, name, JAVA_BYTE, 2, path.length);
    MemorySegment patience = arena.allocate(JAVA_LONG, 2);
    patience.set(JAVA_LONG, 0, PATIENCE_SECONDS);
    if (socket < 0
        || Libc.setsockopt(state, socket, SOL_SOCKET, SO_RCVTIMEO, patience, 16) < 0
        || Libc.bind(state, socket, name, 2 + path.length) < 0) {
      throw new IllegalStateException("cannot listen at " + address);
    }
  }

  /** Returns the next message. */
  public String next() {
    MemorySegment message = arena.allocate(MAX_BYTES);
    long length = Libc.recv(state, socket, message, MAX_BYTES, 0);
    if (length < 0) {
      throw new IllegalStateException("no message in " + PATIENCE_SECONDS + " s");
    }
    return new String(message.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    Libc.close(state, socket);
    arena.close();
  }
}
