package dev.tiaki.cli.conntrack;

import dev.tiaki.cli.inline.DecidedFlow;
import dev.tiaki.cli.inline.DecisionSocket;
import dev.tiaki.cli.table.CapturedConnections;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.ConntrackOptions;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.conntrack.ReplayConntrack;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which table a command works on: the kernel's, or one in memory that captures fill. */
final class TableOption {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @ArgGroup private Choice choice = new Choice();

  /** One of them. */
  static final class Choice {
    @Option(
        names = "--netns",
        paramLabel = "NAME",
        description = "The network namespace, as 'ip netns add' names it; default: our own.")
    private @Nullable String namespace;

    @Option(
        names = "--replay",
        paramLabel = "CAPTURE",
        description = {
          "Instead of the kernel's, the table as it would be after these packets: pcap or pcapng,",
          "also .gz; a folder of them; may be given several times. Needs no root."
        })
    private List<String> captures = List.of();

    Choice() {}
  }

  TableOption() {}

  /** Opens the table; one of captures is still empty. */
  Conntrack open() throws IOException {
    String name = choice.namespace;
    if (!choice.captures.isEmpty()) {
      return new ReplayConntrack();
    }
    return KernelConntrack.open(
        name == null ? ConntrackOptions.DEFAULTS : ConntrackOptions.inNamespace(name));
  }

  /** Returns what a run that guards this table's namespace has decided; empty without one. */
  Map<DecidedFlow.Ends, DecidedFlow> decisions() {
    if (!choice.captures.isEmpty()) {
      return Map.of();
    }
    String name = choice.namespace;
    try {
      NetworkNamespace namespace =
          name == null ? NetworkNamespace.own() : NetworkNamespace.named(name);
      return DecisionSocket.ask(DecisionSocket.FOLDER, namespace.number());
    } catch (IOException gone) {
      return Map.of();
    }
  }

  /** Fills a table of captures; returns what could not be read. */
  List<String> fill(Conntrack table) {
    return table instanceof ReplayConntrack replay
        ? CapturedConnections.feed(replay, choice.captures)
        : List.of();
  }

  /** Tells whether there is an end of what happens to the table. */
  boolean hasEnd() {
    return !choice.captures.isEmpty();
  }

  /** Returns the present of the table: the newest packet's time, or that of the clock. */
  static Instant now(Conntrack table) {
    if (table instanceof ReplayConntrack replay) {
      return Instant.ofEpochSecond(
          replay.nanos() / NANOS_PER_SECOND, replay.nanos() % NANOS_PER_SECOND);
    }
    return Instant.now();
  }
}
