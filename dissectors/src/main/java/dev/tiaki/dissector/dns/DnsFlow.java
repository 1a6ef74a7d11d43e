package dev.tiaki.dissector.dns;

import dev.tiaki.engine.flow.FlowEntry;
import org.jspecify.annotations.Nullable;

/** DNS on one flow: what rules know the flow by. */
public final class DnsFlow {
  private final FlowEntry flow;
  private @Nullable Object scriptData;

  /** How many queries wait for their responses. */
  int pending;

  DnsFlow(FlowEntry flow) {
    this.flow = flow;
  }

  /** Returns the UDP flow or TCP connection below. */
  public FlowEntry flow() {
    return flow;
  }

  /** Returns what rules attached, or null. */
  public @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something. */
  public void setScriptData(@Nullable Object data) {
    scriptData = data;
  }
}
