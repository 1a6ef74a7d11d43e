package dev.tiaki.dissector.dns;

import dev.tiaki.engine.buffer.BufferException;
import org.jspecify.annotations.Nullable;

/** A message on its way: what it says, and whether it goes on. */
public final class DnsTransaction {
  private final DnsMessage message;
  private @Nullable Runnable dropper;
  private boolean dropped;
  private @Nullable Object scriptData;

  /** How many responses may still come. */
  int expected = 1;

  DnsTransaction(DnsMessage message, Runnable dropper) {
    this.message = message;
    this.dropper = dropper;
  }

  /** Returns the message. */
  public DnsMessage message() {
    return message;
  }

  /**
   * Drops the message: its packet, or its part of the stream. A second call does nothing.
   *
   * @throws BufferException {@code read only buffer} when it has left
   */
  public void drop() {
    Runnable action = dropper;
    if (action == null) {
      throw BufferException.readOnly();
    }
    if (!dropped) {
      dropped = true;
      action.run();
    }
  }

  /** Tells whether it was dropped. */
  public boolean isDropped() {
    return dropped;
  }

  /** Says that it has left: it can only be read from now on. */
  void leave() {
    message.setReadOnly();
    dropper = null;
  }

  /** Returns what rules attached to the message, or null. */
  public @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something to the message. */
  public void setScriptData(@Nullable Object data) {
    scriptData = data;
  }
}
