package dev.tiaki.cli.live;

import dev.tiaki.cli.inline.TwiceTranslated;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.netfilter.conntrack.ConntrackEvent;
import dev.tiaki.netfilter.conntrack.ConntrackOptions;
import dev.tiaki.netfilter.conntrack.EventKind;
import dev.tiaki.netfilter.conntrack.EventSubscription;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.conntrack.ListenOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Hears of the kernel's entries, on threads of its own: tells when the kernel has forgotten a TCP
 * connection, by the addresses that its packets carry, and keeps the collection of entries that
 * cannot be asked for. Entries that were there before are read once, and again after a loss.
 */
final class KernelFlowEvents implements AutoCloseable {
  private static final Filter TRANSLATED = Filter.ALL.status(TwiceTranslated.STATUS);

  private static final ListenOptions AT_ONCE = ListenOptions.DEFAULTS.withMirror(false);

  /** Ends are not urgent, and waking for each costs more than the rest of a short connection. */
  private static final ListenOptions GATHERED = AT_ONCE.withGatherMillis(20);

  private final KernelConntrack conntrack;
  private final TwiceTranslated translated;
  private final Consumer<FlowKey> forgotten;
  private final EventSubscription ends;
  private final EventSubscription translations;

  /** Begins to listen. */
  KernelFlowEvents(TwiceTranslated translated, Consumer<FlowKey> forgotten) throws IOException {
    this.translated = translated;
    this.forgotten = forgotten;
    conntrack = KernelConntrack.open(ConntrackOptions.DEFAULTS);
    try {
      ends =
          listen(
              EnumSet.of(EventKind.DESTROY),
              Filter.ALL.protocol(IpProtocol.TCP),
              GATHERED,
              this::ended);
      translations =
          listen(
              EnumSet.of(EventKind.NEW, EventKind.DESTROY),
              TRANSLATED,
              AT_ONCE,
              this::translatedChanged);
      readTranslated();
    } catch (IOException | RuntimeException e) {
      conntrack.close();
      throw e;
    }
  }

  private EventSubscription listen(
      EnumSet<EventKind> kinds,
      Filter filter,
      ListenOptions options,
      Consumer<ConntrackEvent> consumer)
      throws IOException {
    return conntrack.listen(kinds, filter, options, consumer);
  }

  private void ended(ConntrackEvent event) {
    if (event instanceof ConntrackEvent.Destroyed ended) {
      forgotten.accept(TwiceTranslated.keyAtForward(ended.flow()));
    }
  }

  private void translatedChanged(ConntrackEvent event) {
    switch (event) {
      case ConntrackEvent.Created begun -> translated.began(begun.flow());
      case ConntrackEvent.Destroyed ended -> translated.ended(ended.flow());
      case ConntrackEvent.Overrun _ -> readAgain();
      default -> {}
    }
  }

  private void readAgain() {
    translated.clear();
    try {
      readTranslated();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readTranslated() throws IOException {
    try (Stream<Flow> flows = conntrack.dump(TRANSLATED)) {
      flows.forEach(translated::began);
    }
  }

  @Override
  public void close() {
    ends.close();
    translations.close();
    conntrack.close();
  }
}
