package dev.tiaki.engine.stream;

/**
 * The bounds of what waits in one direction of one stream.
 *
 * @param maxBytes how many bytes may wait for missing ones
 * @param maxHoles how many gaps may be open between them
 * @param maxSegments how many segments may wait
 * @param maxDistanceBytes how far ahead of the next expected byte a segment may begin
 */
public record ReassemblyLimits(int maxBytes, int maxHoles, int maxSegments, int maxDistanceBytes) {
  /** One mebibyte, 256 holes, 4 096 segments, 64 MiB ahead. */
  public static final ReassemblyLimits DEFAULTS =
      new ReassemblyLimits(1 << 20, 256, 4096, 64 << 20);

  /** Refuses bounds under which nothing could ever wait. */
  public ReassemblyLimits {
    if (maxBytes < 1 || maxHoles < 1 || maxSegments < 1 || maxDistanceBytes < 1) {
      throw new IllegalArgumentException(
          "maxBytes=%d, maxHoles=%d, maxSegments=%d, maxDistanceBytes=%d"
              .formatted(maxBytes, maxHoles, maxSegments, maxDistanceBytes));
    }
  }
}
