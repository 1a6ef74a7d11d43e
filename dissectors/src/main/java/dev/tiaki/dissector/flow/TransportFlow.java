package dev.tiaki.dissector.flow;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.flow.FlowEntry;
import dev.tiaki.engine.flow.FlowKey;
import org.jspecify.annotations.Nullable;

/**
 * A flow of a transport with ports: its ends, its number, what was counted, and what rules attached
 * to it. {@link Direction#UP} is from the initiator, whose address is the source.
 */
public abstract class TransportFlow extends FlowEntry {
  private long id;
  private long upPackets;
  private long upBytes;
  private long downPackets;
  private long downBytes;
  private @Nullable Object scriptData;

  /** Makes the flow {@code key}, which nobody follows yet. */
  protected TransportFlow(FlowKey key) {
    super(key);
  }

  /** Returns the initiator's address. */
  public final IpAddress sourceAddress() {
    return key().source();
  }

  /** Returns the responder's address. */
  public final IpAddress destinationAddress() {
    return key().destination();
  }

  /** Returns the initiator's port, 0 to 65 535. */
  public final int sourcePort() {
    return key().sourcePort();
  }

  /** Returns the responder's port, 0 to 65 535. */
  public final int destinationPort() {
    return key().destinationPort();
  }

  /**
   * Returns a number that is unique among the worker's flows of this transport, from 1; 0 while the
   * flow is not followed yet.
   */
  public final long id() {
    return id;
  }

  final void setId(long number) {
    id = number;
  }

  /** Returns the name of the state as rules see it, or null when they see none any more. */
  public abstract @Nullable String stateName();

  /** Tells whether rules still work with the flow: it is neither dropped nor closed. */
  public abstract boolean canContinue();

  /** Returns the number of packets that went {@code direction}. */
  public final long packets(Direction direction) {
    return direction == Direction.UP ? upPackets : downPackets;
  }

  /** Returns the number of packets that went either way. */
  public final long packets() {
    return upPackets + downPackets;
  }

  /** Returns the number of bytes of IP packets that went {@code direction}. */
  public final long bytes(Direction direction) {
    return direction == Direction.UP ? upBytes : downBytes;
  }

  /** Counts an IP packet of {@code bytes} bytes. */
  protected final void count(Direction direction, int bytes) {
    if (direction == Direction.UP) {
      upPackets++;
      upBytes += bytes;
    } else {
      downPackets++;
      downBytes += bytes;
    }
  }

  /** Returns what rules attached to the flow, or null. */
  public final @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something to the flow. */
  public final void setScriptData(@Nullable Object data) {
    scriptData = data;
  }
}
