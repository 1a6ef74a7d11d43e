package dev.tiaki.engine.regexp;

/** A pattern that is not understood, or that no automaton of bounded size can run. */
public final class RegexpSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  RegexpSyntaxException(String reason, int offset) {
    super(reason, null, false, false);
    this.offset = offset;
  }

  /** Returns what is wrong, in PCRE's words where PCRE refuses the pattern too. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** Returns where, in bytes from the beginning of the pattern. */
  public int offset() {
    return offset;
  }
}
