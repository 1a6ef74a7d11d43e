package dev.tiaki.engine.libpcap;

import org.jspecify.annotations.Nullable;

/**
 * How interfaces are watched.
 *
 * @param promiscuous whether frames for other hosts are wanted too
 * @param filter an expression that the kernel applies to each frame, or null for all frames
 * @param bufferBytes the kernel's memory for frames on their way, for each interface
 * @param queueFrames how many frames may wait for the worker before the kernel's memory fills
 */
public record DeviceOptions(
    boolean promiscuous, @Nullable String filter, int bufferBytes, int queueFrames) {
  /** Promiscuous, all frames, 16 MiB, 8192 frames. */
  public static final DeviceOptions DEFAULTS = new DeviceOptions(true, null, 16 << 20, 8192);

  /** Checks the ranges. */
  public DeviceOptions {
    if (bufferBytes < 1 << 16 || queueFrames < 1) {
      throw new IllegalArgumentException(
          "bufferBytes=" + bufferBytes + " queueFrames=" + queueFrames);
    }
  }

  /** Returns the same with another filter. */
  public DeviceOptions withFilter(@Nullable String expression) {
    return new DeviceOptions(promiscuous, expression, bufferBytes, queueFrames);
  }

  /** Returns the same, promiscuous or not. */
  public DeviceOptions withPromiscuous(boolean on) {
    return new DeviceOptions(on, filter, bufferBytes, queueFrames);
  }
}
