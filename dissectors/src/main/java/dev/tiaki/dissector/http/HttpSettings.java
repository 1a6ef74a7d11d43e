package dev.tiaki.dissector.http;

/**
 * How HTTP is read.
 *
 * @param maxHeadBytes how long a message head, or the trailers of a body, may be
 * @param maxWaitingRequests how many requests of one connection may wait for their response
 * @param maxRepairedBytes how long an edited body may be that is kept until its length is known,
 *     because its reader knows no chunks (HTTP/1.0)
 * @param maxDecodedBytes how many bytes one compressed body may grow to for rules that read it
 * @param maxDecodedRatio how many times its size one compressed body may grow to, above 1 MiB
 */
public record HttpSettings(
    int maxHeadBytes,
    int maxWaitingRequests,
    int maxRepairedBytes,
    long maxDecodedBytes,
    int maxDecodedRatio) {
  /** 256 KiB, 256 requests, 1 MiB, 64 MiB, 200 times. */
  public static final HttpSettings DEFAULTS =
      new HttpSettings(256 << 10, 256, 1 << 20, 64L << 20, 200);
}
