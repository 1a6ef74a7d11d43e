package dev.tiaki.netfilter.conntrack;

import java.util.List;

/** Events being handed over until it is closed. */
public interface EventSubscription extends AutoCloseable {
  /** Returns how often events were lost. */
  long overruns();

  /** Returns the flows that the subscription believes to exist; empty without a mirror. */
  List<Flow> mirror();

  /** Asks for a comparison with the table now; its end is told by {@code Resynchronised}. */
  void resynchronise();

  /** Ends the subscription; when this returns, the consumer is not called any more. */
  @Override
  void close();
}
