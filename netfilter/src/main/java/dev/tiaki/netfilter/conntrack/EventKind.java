package dev.tiaki.netfilter.conntrack;

/** What can happen to a flow. */
public enum EventKind {
  /** It began. */
  NEW(1),
  /** It changed; there can be a hundred times as many of these. */
  UPDATE(2),
  /** It ended. */
  DESTROY(3);

  private final int group;

  EventKind(int group) {
    this.group = group;
  }

  /** Returns the netlink multicast group. */
  int group() {
    return group;
  }
}
