package dev.tiaki.bench.tracker;

import dev.tiaki.tracker.ConnectionListener;
import dev.tiaki.tracker.ConnectionTracker;
import dev.tiaki.tracker.Dialer;
import dev.tiaki.tracker.DialerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the tracker adds to a read and a write: the same socket bare, tracked without a callback,
 * and tracked with callbacks that do nothing. {@code memory} has no network under it, so that the
 * difference is the tracker's own; {@code loopback} is a real connection.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TrackedSocketBench {
  /** Makes the state, for JMH. */
  public TrackedSocketBench() {}

  /** Which wrapper. */
  @Param({"bare", "tracked", "callbacks"})
  public String socket;

  /** What is under it. */
  @Param({"memory", "loopback"})
  public String network;

  private final byte[] bytes = new byte[64];
  private ServerSocket listener;
  private Socket near;
  private Socket far;
  private InputStream in;
  private OutputStream out;
  private InputStream farIn;
  private OutputStream farOut;
  private long expected;
  private ConnectionTracker tracker;

  /** Listens and does nothing. */
  private static final class Quiet implements ConnectionListener {}

  /** Opens the connection. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    tracker = ConnectionTracker.create();
    if (network.equals("loopback")) {
      listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      near = wrapped(new Socket(listener.getInetAddress(), listener.getLocalPort()));
      near.setTcpNoDelay(true);
      far = listener.accept();
      far.setTcpNoDelay(true);
      farIn = far.getInputStream();
      farOut = far.getOutputStream();
    } else {
      near = wrapped(new MemorySocket());
    }
    in = near.getInputStream();
    out = near.getOutputStream();
  }

  private Socket wrapped(Socket base) throws IOException {
    if (socket.equals("bare")) {
      return base;
    }
    DialerOptions options =
        socket.equals("tracked")
            ? DialerOptions.DEFAULTS
            : DialerOptions.DEFAULTS.listener(new Quiet());
    Dialer dialer = (host, port, timeout) -> base;
    return tracker.sockets().dialer(dialer, options).dial("bench", 1, Duration.ZERO);
  }

  /** Reads 64 octets; over loopback the peer writes them first. */
  @Benchmark
  public int read() throws IOException {
    if (farOut != null) {
      farOut.write(bytes);
    }
    expected += bytes.length;
    return in.readNBytes(bytes, 0, bytes.length);
  }

  /** Writes 64 octets; over loopback the peer reads them then. */
  @Benchmark
  public int write() throws IOException {
    out.write(bytes);
    expected += bytes.length;
    return farIn == null ? 0 : farIn.readNBytes(bytes, 0, bytes.length);
  }

  /** Every octet was counted, or the run is worth nothing. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    if (!socket.equals("bare")) {
      var info = tracker.connections().getFirst();
      if (info.readBytes() + info.writtenBytes() != expected) {
        throw new IllegalStateException(info + " expected=" + expected);
      }
    }
    near.close();
    if (far != null) {
      far.close();
      listener.close();
    }
  }
}
