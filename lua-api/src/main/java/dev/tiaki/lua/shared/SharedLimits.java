package dev.tiaki.lua.shared;

/**
 * How large a shared dictionary may be.
 *
 * @param entries the most entries
 * @param bytes the most octets of keys and values together, with 64 for each entry
 */
public record SharedLimits(int entries, long bytes) {
  /** 100 000 entries, 64 MiB. */
  public static final SharedLimits DEFAULTS = new SharedLimits(100_000, 64L << 20);

  /** Refuses bounds that nothing fits in. */
  public SharedLimits {
    if (entries < 1 || bytes < 1) {
      throw new IllegalArgumentException("entries=" + entries + ", bytes=" + bytes);
    }
  }
}
