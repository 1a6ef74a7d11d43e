package dev.tiaki.dissector.dns;

/** Ends the reading of a message that is broken; never leaves the package. */
final class BrokenMessage extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient DnsParse.Malformed malformed;

  BrokenMessage(DnsFault fault, int offset) {
    super(null, null, false, false);
    malformed = new DnsParse.Malformed(fault, offset);
  }

  DnsParse.Malformed malformed() {
    return malformed;
  }
}
