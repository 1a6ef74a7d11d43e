package dev.tiaki.engine.packet;

import java.util.Locale;

/** Who is behind a drop, in the four words that people are told. */
public enum DropKind {
  /** A rule: it dropped the packet or its flow, or it failed. */
  RULE,
  /** A policy: what holds for packets that fit nothing known. */
  POLICY,
  /** The engine: the packet is broken, incomplete or said nothing new. */
  ENGINE,
  /** A bound: keeping the packet would have gone past a limit. */
  BOUND;

  /** Returns the name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
