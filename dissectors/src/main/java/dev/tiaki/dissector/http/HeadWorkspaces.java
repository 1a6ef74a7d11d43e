package dev.tiaki.dissector.http;

import java.util.ArrayDeque;

/** The workspaces of one worker that are free, to be used again. */
final class HeadWorkspaces {
  private static final int KEPT = 64;

  private final boolean strict;
  private final ArrayDeque<HeadWorkspace> free = new ArrayDeque<>();

  /** Makes workspaces whose parsers refuse, if {@code strict}, what Haka refuses in URIs. */
  HeadWorkspaces(boolean strict) {
    this.strict = strict;
  }

  HeadWorkspace take() {
    HeadWorkspace known = free.poll();
    return known == null ? new HeadWorkspace(new HeadParser(strict)) : known;
  }

  void giveBack(HeadWorkspace used) {
    if (used.isUsual() && free.size() < KEPT) {
      free.push(used);
    }
  }
}
