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
 */
public record ListenOptions(
    int receiveBufferBytes,
    boolean mirror,
    int resynchroniseSeconds,
    boolean ignoreOwn,
    boolean reliable) {
  /** 8 MiB of queue hold about 8 000 events; a mirror; no periodic comparison; not reliable. */
  public static final ListenOptions DEFAULTS = new ListenOptions(8 << 20, true, 0, false, false);

  /** Checks the ranges. */
  public ListenOptions {
    if (receiveBufferBytes < 1 || resynchroniseSeconds < 0) {
      throw new IllegalArgumentException(
          "receiveBufferBytes="
              + receiveBufferBytes
              + " resynchroniseSeconds="
              + resynchroniseSeconds);
    }
  }

  /** Returns these with another queue. */
  public ListenOptions withReceiveBufferBytes(int bytes) {
    return new ListenOptions(bytes, mirror, resynchroniseSeconds, ignoreOwn, reliable);
  }

  /** Returns these with or without a mirror. */
  public ListenOptions withMirror(boolean keep) {
    return new ListenOptions(receiveBufferBytes, keep, resynchroniseSeconds, ignoreOwn, reliable);
  }

  /** Returns these with a comparison every so many seconds. */
  public ListenOptions withResynchroniseSeconds(int seconds) {
    return new ListenOptions(receiveBufferBytes, mirror, seconds, ignoreOwn, reliable);
  }

  /** Returns these with or without what the same {@link Conntrack} did. */
  public ListenOptions withIgnoreOwn(boolean ignore) {
    return new ListenOptions(receiveBufferBytes, mirror, resynchroniseSeconds, ignore, reliable);
  }

  /** Returns these with or without the ends of flows told again until they arrive. */
  public ListenOptions withReliable(boolean tellAgain) {
    return new ListenOptions(
        receiveBufferBytes, mirror, resynchroniseSeconds, ignoreOwn, tellAgain);
  }
}
