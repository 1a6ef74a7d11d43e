package dev.tiaki.dissector.dns;

/** What can be wrong with a message. */
public enum DnsFault {
  /** It ends before what its header announces. */
  CUT("message is cut"),
  /** A name points forward, or to itself: following it would not end. */
  POINTER("name points to no earlier name"),
  /** A label is neither octets nor a pointer. */
  LABEL("unsupported label type"),
  /** A name has more than 255 octets. */
  LONG_NAME("name is too long");

  private final String words;

  DnsFault(String words) {
    this.words = words;
  }

  /** Returns the fault in words. */
  public String words() {
    return words;
  }
}
