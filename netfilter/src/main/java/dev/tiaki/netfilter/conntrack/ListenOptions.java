package dev.tiaki.netfilter.conntrack;

/**
 * How to listen.
 *
 * @param receiveBufferBytes the kernel's queue for events; what does not fit is lost
 * @param mirror whether to keep a copy of the table, so that what a loss hid is told afterwards
 * @param resynchroniseSeconds compare the mirror with the table every so many seconds too; 0 only
 *     after a loss
 * @param ignoreOwn whether to leave out what the same {@link Conntrack} itself did
 * @param reliable whether the kernel keeps a flow whose end did not fit into the queue and tells it
 *     again later, until then {@link Conntrack#dying} lists it. It takes memory of the kernel while
 *     the reader is slow
 * @param gatherMillis how long events may wait for others, so that the reader wakes once for many;
 *     0 tells each at once
 */
public record ListenOptions(
    int receiveBufferBytes,
    boolean mirror,
    int resynchroniseSeconds,
    boolean ignoreOwn,
    boolean reliable,
    int gatherMillis) {
  /** 8 MiB of queue hold about 8 000 events; a mirror; no periodic comparison; not reliable. */
  public static final ListenOptions DEFAULTS = new ListenOptions(8 << 20, true, 0, false, false, 0);

  /** Checks the ranges. */
  public ListenOptions {
    if (receiveBufferBytes < 1 || resynchroniseSeconds < 0 || gatherMillis < 0) {
      throw new IllegalArgumentException(
          "receiveBufferBytes="
              + receiveBufferBytes
              + " resynchroniseSeconds="
              + resynchroniseSeconds
              + " gatherMillis="
              + gatherMillis);
    }
  }

  /** Returns these with another queue. */
  public ListenOptions withReceiveBufferBytes(int bytes) {
    return new ListenOptions(
        bytes, mirror, resynchroniseSeconds, ignoreOwn, reliable, gatherMillis);
  }

  /** Returns these with or without a mirror. */
  public ListenOptions withMirror(boolean keep) {
    return new ListenOptions(
        receiveBufferBytes, keep, resynchroniseSeconds, ignoreOwn, reliable, gatherMillis);
  }

  /** Returns these with a comparison every so many seconds. */
  public ListenOptions withResynchroniseSeconds(int seconds) {
    return new ListenOptions(
        receiveBufferBytes, mirror, seconds, ignoreOwn, reliable, gatherMillis);
  }

  /** Returns these with or without what the same {@link Conntrack} did. */
  public ListenOptions withIgnoreOwn(boolean ignore) {
    return new ListenOptions(
        receiveBufferBytes, mirror, resynchroniseSeconds, ignore, reliable, gatherMillis);
  }

  /** Returns these with or without the ends of flows told again until they arrive. */
  public ListenOptions withReliable(boolean tellAgain) {
    return new ListenOptions(
        receiveBufferBytes, mirror, resynchroniseSeconds, ignoreOwn, tellAgain, gatherMillis);
  }

  /** Returns these with events that may wait so long for others. */
  public ListenOptions withGatherMillis(int millis) {
    return new ListenOptions(
        receiveBufferBytes, mirror, resynchroniseSeconds, ignoreOwn, reliable, millis);
  }
}
