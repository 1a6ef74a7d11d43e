package dev.tiaki.cli.conntrack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.ConntrackEvent;
import dev.tiaki.netfilter.conntrack.EventKind;
import dev.tiaki.netfilter.conntrack.EventSubscription;
import dev.tiaki.netfilter.conntrack.ListenOptions;
import dev.tiaki.netfilter.format.FlowJson;
import dev.tiaki.netfilter.format.FlowText;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tiaki conntrack events}. */
@Command(name = "events", description = "Print what happens to connections, until stopped.")
final class WatchEvents extends TableCommand {
  @Mixin private FilterOptions options = new FilterOptions();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = {"-e", "--event-mask"},
      split = ",",
      paramLabel = "NEW,UPDATES,DESTROY",
      description = "Which events; default: ALL.")
  private Set<String> words = Set.of("ALL");

  @Option(
      names = {"-b", "--buffer-size"},
      paramLabel = "BYTES",
      description = "The kernel's queue; when it is full events are lost, which is said.")
  private int bufferBytes = ListenOptions.DEFAULTS.receiveBufferBytes();

  @Option(names = "--expect", description = "Watch what helpers expect instead of connections.")
  private boolean expected;

  @Option(
      names = "--reliable",
      description = {
        "Have the kernel keep ends that did not fit into its queue and tell them later;",
        "'list --dying' shows them meanwhile. Takes kernel memory while the reader is slow."
      })
  private boolean reliable;

  @Option(names = "--timestamp", description = "Say when each event came, as [seconds].")
  private boolean timestamp;

  @Option(names = "--labels", description = "Say labels too.")
  private boolean labels;

  @Option(names = "--limit", paramLabel = "N", description = "Stop after so many events.")
  private long limit = Long.MAX_VALUE;

  WatchEvents() {}

  /** Nothing yet: what happens while the table fills is what is watched. */
  @Override
  List<String> fill(Conntrack conntrack) {
    return List.of();
  }

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    AtomicLong left = new AtomicLong(limit);
    ListenOptions listen =
        ListenOptions.DEFAULTS.withReceiveBufferBytes(bufferBytes).withReliable(reliable);
    FlowText text = new FlowText(false, labels ? options.labelNames() : null);
    try (EventSubscription subscription =
        conntrack.listen(
            kinds(),
            options.filter(),
            listen,
            event -> {
              if (left.get() > 0) {
                print(out, event, text, TableOption.now(conntrack));
              }
              boolean counts =
                  event instanceof ConntrackEvent.OfFlow
                      || event instanceof ConntrackEvent.OfExpectation;
              if (event instanceof ConntrackEvent.Failed
                  || (counts && left.decrementAndGet() <= 0)) {
                end.countDown();
              }
            })) {
      if (table.hasEnd()) {
        boolean complete = complain(table.fill(conntrack));
        return complete ? 0 : 1;
      }
      // the JVM would say 130 or 143 after a signal; a watch that was stopped has done its work
      Thread hook = new Thread(() -> stop(out, subscription));
      Runtime.getRuntime().addShutdownHook(hook);
      end.await();
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static void stop(PrintWriter out, EventSubscription subscription) {
    subscription.close();
    out.flush();
    Runtime.getRuntime().halt(0);
  }

  private void print(PrintWriter out, ConntrackEvent event, FlowText text, Instant now) {
    String seconds = "%d.%06d".formatted(now.getEpochSecond(), now.getNano() / 1000);
    if (json) {
      ObjectNode line = FlowJson.of(event);
      out.println(timestamp ? line.put("time", new BigDecimal(seconds)) : line);
    } else {
      out.println((timestamp ? "[" + seconds + "]\t" : "") + text.line(event, now));
    }
    if (!table.hasEnd()) {
      out.flush();
    }
  }

  private Set<EventKind> kinds() {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (String word : words) {
      switch (word) {
        case "ALL" ->
            kinds.addAll(
                expected
                    ? Set.of(EventKind.EXPECTATION_NEW, EventKind.EXPECTATION_DESTROY)
                    : EventKind.OF_FLOWS);
        case "NEW" -> kinds.add(expected ? EventKind.EXPECTATION_NEW : EventKind.NEW);
        case "UPDATES", "UPDATE" -> {
          if (expected) {
            throw new IllegalArgumentException("expectations begin and end, they never change");
          }
          kinds.add(EventKind.UPDATE);
        }
        case "DESTROY" -> kinds.add(expected ? EventKind.EXPECTATION_DESTROY : EventKind.DESTROY);
        default -> throw new IllegalArgumentException("unknown event: " + word);
      }
    }
    return kinds;
  }
}
