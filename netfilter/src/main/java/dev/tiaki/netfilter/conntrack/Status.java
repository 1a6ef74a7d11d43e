package dev.tiaki.netfilter.conntrack;

import java.util.ArrayList;
import java.util.List;

/**
 * The status bits of a flow, {@code linux/netfilter/nf_conntrack_common.h}.
 *
 * @param bits all of them
 */
public record Status(int bits) {
  /** The flow was expected by a helper. */
  public static final int EXPECTED = 1;

  /** Packets were seen in both directions. */
  public static final int SEEN_REPLY = 1 << 1;

  /** Not to be evicted early. */
  public static final int ASSURED = 1 << 2;

  /** The first packet left the machine. */
  public static final int CONFIRMED = 1 << 3;

  /** The source is translated. */
  public static final int SOURCE_NAT = 1 << 4;

  /** The destination is translated. */
  public static final int DESTINATION_NAT = 1 << 5;

  /** Sequence numbers are adjusted. */
  public static final int SEQUENCE_ADJUST = 1 << 6;

  /** The flow is being removed. */
  public static final int DYING = 1 << 9;

  /** The timeout does not change any more. */
  public static final int FIXED_TIMEOUT = 1 << 10;

  /** A helper was assigned. */
  public static final int HELPER = 1 << 13;

  /** The flow is in a flow table. */
  public static final int OFFLOAD = 1 << 14;

  /** The flow is in hardware. */
  public static final int HARDWARE_OFFLOAD = 1 << 15;

  private static final String[] NAMES = {
    "EXPECTED", "SEEN_REPLY", "ASSURED", "CONFIRMED", "SRC_NAT", "DST_NAT", "SEQ_ADJUST",
    "SRC_NAT_DONE", "DST_NAT_DONE", "DYING", "FIXED_TIMEOUT", "TEMPLATE", "NAT_CLASH", "HELPER",
    "OFFLOAD", "HW_OFFLOAD"
  };

  /** Tells whether all of {@code wanted} are set. */
  public boolean has(int wanted) {
    return (bits & wanted) == wanted;
  }

  /** Returns the names of the bits that are set, lowest first. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < NAMES.length; bit++) {
      if ((bits & 1 << bit) != 0) {
        names.add(NAMES[bit]);
      }
    }
    return names;
  }

  /** Returns the bit with this name (in any case), 0 when there is none. */
  public static int bit(String name) {
    for (int bit = 0; bit < NAMES.length; bit++) {
      if (NAMES[bit].equalsIgnoreCase(name)) {
        return 1 << bit;
      }
    }
    return 0;
  }
}
