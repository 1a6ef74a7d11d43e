package dev.tiaki.netfilter.examples;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.ConntrackEvent;
import dev.tiaki.netfilter.conntrack.EventKind;
import dev.tiaki.netfilter.conntrack.EventSubscription;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.ListenOptions;
import dev.tiaki.netfilter.format.FlowText;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.function.Consumer;

/** Logs the begin and end of connections; a loss of events is logged too, and made good. */
final class ConnectionLog {
  private ConnectionLog() {}

  static EventSubscription start(Conntrack conntrack, Consumer<String> log) throws IOException {
    return conntrack.listen(
        EnumSet.of(EventKind.NEW, EventKind.DESTROY),
        Filter.ALL,
        ListenOptions.DEFAULTS,
        event -> log.accept(line(event)));
  }

  private static String line(ConntrackEvent event) {
    return switch (event) {
      case ConntrackEvent.OfFlow of ->
          of.kind() + " " + FlowText.SHORT.line(of.flow(), Instant.now());
      case ConntrackEvent.OfExpectation of ->
          of.kind() + " " + FlowText.SHORT.line(of.expectation());
      case ConntrackEvent.Overrun(long times) -> "events lost " + times + " times";
      case ConntrackEvent.Resynchronised(long entries) -> "in step again, " + entries + " flows";
      case ConntrackEvent.OldFlowsAreSilent(long flows) -> flows + " older flows will be silent";
      case ConntrackEvent.Failed(String reason) -> "no more events: " + reason;
    };
  }
}
