package dev.tiaki.dissector.dns;

/** The parts of a message, RFC 1035 section 4.1. */
public enum DnsSection {
  /** What is asked. */
  QUESTION(0),
  /** Records that answer it. */
  ANSWER(1),
  /** Records that point to an authority. */
  AUTHORITY(2),
  /** Records that help. */
  ADDITIONAL(3);

  private final int index;

  DnsSection(int index) {
    this.index = index;
  }

  /** Returns its place in the message, from 0. */
  public int index() {
    return index;
  }
}
