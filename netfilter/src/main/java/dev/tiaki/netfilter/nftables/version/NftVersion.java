package dev.tiaki.netfilter.nftables.version;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A release of nftables.
 *
 * @param major first part
 * @param minor second part
 * @param patch third part; a fourth one, as in 1.0.6.1, is passed over: such releases add nothing
 */
public record NftVersion(int major, int minor, int patch) implements Comparable<NftVersion> {
  /** The oldest release whose behaviour is known here. */
  public static final NftVersion V1_0_6 = new NftVersion(1, 0, 6);

  /** The newest release whose behaviour is known here. */
  public static final NftVersion CURRENT = new NftVersion(1, 1, 6);

  private static final Pattern TEXT =
      Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(?!\\d).*");

  private static final Comparator<NftVersion> ORDER =
      Comparator.comparingInt(NftVersion::major)
          .thenComparingInt(NftVersion::minor)
          .thenComparingInt(NftVersion::patch);

  /** Returns the release that {@code text} begins with ({@code 1.0.6}, {@code v1.1.0}), or null. */
  public static @Nullable NftVersion parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? new NftVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)))
        : null;
  }

  /**
   * Returns the release that {@code text} begins with.
   *
   * @throws IllegalArgumentException when it begins with none
   */
  public static NftVersion of(String text) {
    NftVersion version = parse(text);
    if (version == null) {
      throw new IllegalArgumentException("version=" + text);
    }
    return version;
  }

  /** Tells whether this release is {@code other} or a later one. */
  public boolean isAtLeast(NftVersion other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(NftVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
