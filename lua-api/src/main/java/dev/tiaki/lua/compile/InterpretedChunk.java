package dev.tiaki.lua.compile;

/**
 * A chunk that is interpreted, three to five times slower, though chunks are to be compiled.
 *
 * @param name the file, or what stands in its place in messages
 * @param reason why
 */
public record InterpretedChunk(String name, Reason reason) {
  /** Why a chunk is interpreted. */
  public enum Reason {
    /** No Java class holds it. */
    TOO_BIG("a function in it is too big for a Java class"),
    /** The compiler would confuse two variables. */
    CAPTURED_LOCALS(
        "a closure captures a local that is assigned again in a loop or branch, or whose place "
            + "another local takes"),
    /** The compiler gave up. */
    REFUSED("the compiler cannot translate it"),
    /** Sessions see the locals of interpreted functions only. */
    SESSIONS("it opens interactive sessions or the debugger");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** Returns the reason for people, to follow "because". */
    public String text() {
      return text;
    }
  }
}
