package dev.tiaki.cli.lab;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A server that sends back what it gets, and clients that connect, ask, compare and close, one
 * connection after the other, until they are stopped.
 */
public final class EchoLoad implements AutoCloseable {
  public static final int PORT = 7000;

  private static final int PATIENCE_MILLIS = 30_000;

  private final Lab lab;
  private final ServerSocket listener;
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicReference<String> failure = new AtomicReference<>();
  private volatile boolean stopping;

  private EchoLoad(Lab lab, ServerSocket listener) {
    this.lab = lab;
    this.listener = listener;
  }

  /** Starts the server, no client yet. */
  public static EchoLoad serve(Lab lab) throws IOException {
    ServerSocket listener =
        NetworkNamespace.named(lab.namespace(Lab.Host.SERVER))
            .call(() -> new ServerSocket(PORT, 100, InetAddress.ofLiteral(Lab.SERVER4)));
    EchoLoad load = new EchoLoad(lab, listener);
    Thread.ofPlatform().daemon().start(load::accept);
    return load;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofPlatform().daemon().start(() -> echo(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException gone) {
      // the client went without a word
    }
  }

  /** Opens a connection from the client. */
  public Socket connect() throws IOException {
    return connectFrom(0);
  }

  /** Opens a connection from a port of the client, 0 for any. */
  public Socket connectFrom(int port) throws IOException {
    return NetworkNamespace.named(lab.namespace(Lab.Host.CLIENT)).call(() -> connected(port));
  }

  private static Socket connected(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(
        new InetSocketAddress(InetAddress.ofLiteral(Lab.SERVER4), PORT), PATIENCE_MILLIS);
    return socket;
  }

  /** Sends a line and returns what comes back. */
  public static String ask(Socket socket, String line) throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(bytes);
    return new String(socket.getInputStream().readNBytes(bytes.length), StandardCharsets.US_ASCII);
  }

  /** Starts clients. */
  public void start(int count) {
    for (int i = 0; i < count; i++) {
      clients.add(Thread.ofPlatform().daemon().start(this::askOnAndOn));
    }
  }

  private void askOnAndOn() {
    try {
      NetworkNamespace.named(lab.namespace(Lab.Host.CLIENT))
          .call(() -> {
            while (!stopping) {
              try (Socket socket = connected(0)) {
                String line = "request " + answered.get();
                if (!ask(socket, line).equals(line)) {
                  throw new IOException("another answer");
                }
                answered.incrementAndGet();
              }
            }
            return 0;
          });
    } catch (IOException e) {
      failure.compareAndSet(null, e.toString());
    }
  }

  /** Waits until so many more requests were answered, or one failed. */
  public void await(int more) throws InterruptedException {
    int goal = answered.get() + more;
    while (answered.get() < goal && failure.get() == null) {
      Thread.sleep(5);
    }
  }

  /** Returns the first failure of a client, null when there is none. */
  public String failure() {
    return failure.get();
  }

  /** Ends the clients after their request. */
  public void stop() throws InterruptedException {
    stopping = true;
    for (Thread client : clients) {
      client.join();
    }
  }

  @Override
  public void close() throws IOException {
    stopping = true;
    listener.close();
  }
}
