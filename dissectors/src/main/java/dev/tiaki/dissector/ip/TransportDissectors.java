package dev.tiaki.dissector.ip;

import org.jspecify.annotations.Nullable;

/** The transport protocols of one worker by protocol number, shared by both families. */
public final class TransportDissectors {
  private final @Nullable TransportDissector[] byProtocol = new @Nullable TransportDissector[256];

  /** Makes an empty table. */
  public TransportDissectors() {}

  /** Hands packets of {@code protocol}, 0 to 255, to {@code dissector}. */
  public void set(int protocol, TransportDissector dissector) {
    byProtocol[protocol] = dissector;
  }

  /** Returns the dissector for {@code protocol}, 0 to 255, or null. */
  public @Nullable TransportDissector get(int protocol) {
    return byProtocol[protocol];
  }

  /** Tells all of them that no more packets come. */
  public void finish() {
    for (TransportDissector dissector : byProtocol) {
      if (dissector != null) {
        dissector.finish();
      }
    }
  }
}
