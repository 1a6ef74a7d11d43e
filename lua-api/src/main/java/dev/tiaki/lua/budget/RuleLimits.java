package dev.tiaki.lua.budget;

/**
 * What the rules of one Lua state may use up for one event, and for loading their files.
 *
 * @param instructionsPerEvent loop rounds and calls of one event, at least 1
 * @param instructionsPerLoad loop rounds and calls of running one rule file, at least 1
 * @param bytesPerEvent octets that one event may allocate, at least 1
 * @param stringBytes octets of the longest string that a rule may build, at least 1
 */
public record RuleLimits(
    long instructionsPerEvent, long instructionsPerLoad, long bytesPerEvent, int stringBytes) {
  /** Ten million steps, some 0.1 s; a rule file a hundred times that; 512 MiB; 64 MiB. */
  public static final RuleLimits DEFAULTS =
      new RuleLimits(10_000_000, 1_000_000_000, 512L << 20, 64 << 20);

  /** Checks that every limit is at least 1. */
  public RuleLimits {
    if (instructionsPerEvent < 1
        || instructionsPerLoad < 1
        || bytesPerEvent < 1
        || stringBytes < 1) {
      throw new IllegalArgumentException(
          "instructionsPerEvent=%d, instructionsPerLoad=%d, bytesPerEvent=%d, stringBytes=%d"
              .formatted(instructionsPerEvent, instructionsPerLoad, bytesPerEvent, stringBytes));
    }
  }
}
