package dev.tiaki.netfilter.conntrack;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What can happen to a flow, or to an expectation of one. */
public enum EventKind {
  /** It began. */
  NEW(1),
  /** It changed; there can be a hundred times as many of these. */
  UPDATE(2),
  /** It ended. */
  DESTROY(3),
  /** A helper began to expect a flow. */
  EXPECTATION_NEW(4),
  /** It expects it no more: it came, or was not waited for longer. */
  EXPECTATION_DESTROY(6);

  /** What can happen to a flow. */
  public static final Set<EventKind> OF_FLOWS =
      Collections.unmodifiableSet(EnumSet.of(NEW, UPDATE, DESTROY));

  private final int group;

  EventKind(int group) {
    this.group = group;
  }

  /** Returns the netlink multicast group. */
  int group() {
    return group;
  }
}
