package dev.tiaki.netfilter.conntrack;

/** One of a flow's two directions. */
public enum FlowDirection {
  /** That of the first packet. */
  ORIGINAL,
  /** That of the answers. */
  REPLY;

  /** Returns this direction's tuple of {@code flow}. */
  public Tuple of(Flow flow) {
    return this == ORIGINAL ? flow.original() : flow.reply();
  }
}
