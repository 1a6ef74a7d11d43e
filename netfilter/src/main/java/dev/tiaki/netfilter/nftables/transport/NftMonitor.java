package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.ReadResult;
import dev.tiaki.netfilter.nftables.model.NftItem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is added to the ruleset and deleted from it, by {@code nft monitor} in a child process. For
 * one thread, except {@link #close}.
 *
 * <p>The first changes after the start may be missed: nft does not say when it listens. What nft
 * 1.0.6 prints of a deleted rule has no references to sets. To learn only that something changed,
 * {@link dev.tiaki.netfilter.nftables.kernel.RulesetWatch} is cheaper and misses nothing.
 */
public final class NftMonitor implements AutoCloseable {
  private static final NftReader READER = NftReader.lenient();

  private final Process process;
  private final BufferedReader lines;
  private volatile boolean isClosed;

  private NftMonitor(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts it.
   *
   * @throws NftException when nft cannot be started
   */
  public static NftMonitor start(NftProgram program, NetworkNamespace namespace)
      throws NftException {
    List<String> command = List.of(program.path().toString(), "-j", "monitor");
    return new NftMonitor(ChildProcess.start(command, namespace));
  }

  /**
   * Waits for the next change: a command that adds or deletes, or an item of an unknown kind.
   *
   * @return the change, or null when the monitor was closed
   * @throws NftException when nft ended by itself, or printed what is no JSON
   */
  public @Nullable NftItem next() throws NftException {
    String line = line();
    if (line == null) {
      return null;
    }
    ReadResult read = READER.read("{\"nftables\":[" + line + "]}");
    return switch (read) {
      case ReadResult.Read(var document) -> document.items().getFirst();
      case ReadResult.Refused(var problem) ->
          throw new NftException(
              NftException.Kind.UNPROVEN, "nft monitor printed what is no event: " + problem);
    };
  }

  private @Nullable String line() throws NftException {
    try {
      String line = lines.readLine();
      if (line == null && !isClosed) {
        throw new NftException(
            NftException.Kind.CRASHED, "nft monitor ended by itself; it needs CAP_NET_ADMIN");
      }
      return line;
    } catch (IOException e) {
      return null; // closed by us
    }
  }

  /** Ends the child process; a waiting {@link #next} returns null. */
  @Override
  public void close() {
    isClosed = true;
    process.destroyForcibly();
  }
}
