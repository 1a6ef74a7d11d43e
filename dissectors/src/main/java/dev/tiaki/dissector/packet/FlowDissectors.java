package dev.tiaki.dissector.packet;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The protocols that can stand on the flows of one transport: by name, as rules select them, and by
 * the responder's port where they are expected.
 *
 * @param <F> the flows
 * @param <D> what a protocol keeps for one flow
 */
public final class FlowDissectors<F, D> {
  private final Map<String, Function<? super F, ? extends @Nullable D>> byName = new HashMap<>();
  private final Map<Integer, String> byPort = new HashMap<>();

  /** Makes an empty table. */
  public FlowDissectors() {}

  /** Adds a protocol; {@code opener} makes what it keeps for a flow. */
  public void add(String name, Function<? super F, ? extends @Nullable D> opener) {
    byName.put(name, opener);
  }

  /** Expects the protocol {@code name} at the responder's port {@code port}. */
  public void expect(int port, String name) {
    byPort.put(port, name);
  }

  /** Tells whether a protocol is expected at the responder's port {@code port}. */
  public boolean isExpectedAt(int port) {
    return byPort.containsKey(port);
  }

  /** Returns the protocol {@code name} on {@code flow}, or null when there is none of that name. */
  public @Nullable D open(String name, F flow) {
    Function<? super F, ? extends @Nullable D> opener = byName.get(name);
    return opener == null ? null : opener.apply(flow);
  }

  /** Returns the protocol expected at {@code port} on {@code flow}, or null. */
  public @Nullable D openAt(int port, F flow) {
    if (byPort.isEmpty()) {
      return null;
    }
    String name = byPort.get(port);
    return name == null ? null : open(name, flow);
  }
}
