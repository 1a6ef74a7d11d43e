package dev.tiaki.cli.inline;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells other processes of this machine what a run has decided: whoever connects to a socket in a
 * folder gets one JSON object a line for each flow, and then the end. There is one socket for each
 * network namespace; the folder's rights say who may ask.
 */
public final class DecisionSocket implements AutoCloseable {
  /** Where the sockets stand. */
  public static final Path FOLDER = Path.of("/run/tiaki");

  private final DecidedFlows flows;
  private final Path file;
  private final ServerSocketChannel listener;

  private DecisionSocket(DecidedFlows flows, Path file, ServerSocketChannel listener) {
    this.flows = flows;
    this.file = file;
    this.listener = listener;
  }

  /**
   * Begins to answer, on a thread of its own. A socket that a killed run left is replaced.
   *
   * @param namespace the number of the network namespace
   * @throws IOException when the folder cannot be written
   */
  public static DecisionSocket serve(Path folder, long namespace, DecidedFlows flows)
      throws IOException {
    Files.createDirectories(folder);
    Path file = file(folder, namespace);
    Files.deleteIfExists(file);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(file));
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    DecisionSocket socket = new DecisionSocket(flows, file, listener);
    Thread.ofPlatform().daemon().name("decisions").start(socket::answer);
    return socket;
  }

  private static Path file(Path folder, long namespace) {
    return folder.resolve("decisions-" + namespace + ".sock");
  }

  private void answer() {
    while (listener.isOpen()) {
      try (SocketChannel asker = listener.accept();
          BufferedWriter out =
              new BufferedWriter(Channels.newWriter(asker, StandardCharsets.UTF_8))) {
        for (DecidedFlow flow : flows.list()) {
          out.write(DecisionLine.of(flow));
          out.write('\n');
        }
      } catch (IOException gone) {
        // the asker went away, or the listener was closed
      }
    }
  }

  /**
   * Asks the run in a network namespace.
   *
   * @return what it decided, by flow; empty when there is no run, or one that may not be asked
   */
  public static Map<DecidedFlow.Ends, DecidedFlow> ask(Path folder, long namespace) {
    Map<DecidedFlow.Ends, DecidedFlow> flows = new HashMap<>();
    try (SocketChannel socket =
            SocketChannel.open(UnixDomainSocketAddress.of(file(folder, namespace)));
        BufferedReader in =
            new BufferedReader(Channels.newReader(socket, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        DecidedFlow flow = DecisionLine.read(line);
        flows.put(flow.ends(), flow);
      }
    } catch (IOException nobodyThere) {
      return flows;
    }
    return flows;
  }

  /** Ends it and removes the socket. */
  @Override
  public void close() throws IOException {
    listener.close();
    Files.deleteIfExists(file);
  }
}
