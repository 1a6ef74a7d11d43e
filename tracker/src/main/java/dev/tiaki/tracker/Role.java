package dev.tiaki.tracker;

/** Which side of a connection this program is. */
public enum Role {
  /** The program dialed. */
  CLIENT("client"),
  /** The program accepted. */
  SERVER("server");

  private final String wire;

  Role(String wire) {
    this.wire = wire;
  }

  /** Returns {@code client} or {@code server}. */
  public String wire() {
    return wire;
  }
}
