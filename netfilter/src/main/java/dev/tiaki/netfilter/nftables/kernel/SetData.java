package dev.tiaki.netfilter.nftables.kernel;

import org.jspecify.annotations.Nullable;

/** What an element of a map stands for. */
public sealed interface SetData {
  /**
   * A value, such as an address or a mark.
   *
   * @param value an address, a number, or a text
   */
  record OfValue(Object value) implements SetData {}

  /**
   * A verdict.
   *
   * @param code the kernel's number: 1 accept, 0 drop, -3 jump, -4 goto, -5 return
   * @param chain of jump and goto, else null
   */
  record OfVerdict(int code, @Nullable String chain) implements SetData {
    /** Lets the packet pass. */
    public static final OfVerdict ACCEPT = new OfVerdict(1, null);

    /** Drops the packet. */
    public static final OfVerdict DROP = new OfVerdict(0, null);
  }

  /**
   * A counter, quota or the like.
   *
   * @param name of the object
   */
  record OfObject(String name) implements SetData {}
}
