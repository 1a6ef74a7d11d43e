package dev.tiaki.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int ROUNDS = 20_000;

  private static long allocatedBy(Socket near, Socket far) throws Exception {
    InputStream in = near.getInputStream();
    OutputStream out = near.getOutputStream();
    InputStream farIn = far.getInputStream();
    OutputStream farOut = far.getOutputStream();
    byte[] bytes = new byte[64];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int i = -ROUNDS; i < ROUNDS; i++) {
      if (i == 0) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      out.write(bytes);
      farIn.readNBytes(bytes, 0, bytes.length);
      farOut.write(bytes);
      in.readNBytes(bytes, 0, bytes.length);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void a15_reading_and_writing_allocate_nothing_over_the_bare_socket() throws Exception {
    ConnectionTracker tracker = ConnectionTracker.create();
    try (ServerSocket server = Echo.loopback()) {
      Socket bare = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
      Socket bareFar = server.accept();
      long withoutTracker = allocatedBy(bare, bareFar);
      Socket tracked =
          tracker
              .sockets()
              .dialer(Dialer.PLAIN, DialerOptions.DEFAULTS)
              .dial("127.0.0.1", server.getLocalPort(), java.time.Duration.ZERO);
      Socket trackedFar = server.accept();
      long withTracker = allocatedBy(tracked, trackedFar);
      // a slack of one byte per operation, for what the compiler threads bring in by deoptimising
      assertThat(withTracker - withoutTracker).isLessThan(2L * ROUNDS);
      for (Socket each : new Socket[] {bare, bareFar, tracked, trackedFar}) {
        each.close();
      }
    }
  }
}
