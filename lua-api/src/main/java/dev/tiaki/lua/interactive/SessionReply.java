package dev.tiaki.lua.interactive;

/**
 * What became of a line.
 *
 * @param state how the session goes on
 * @param text what to show, with its line ends: values, what the line printed, an error; may be
 *     empty
 * @param failed whether {@code text} is, or ends with, an error
 */
public record SessionReply(State state, String text, boolean failed) {
  /** How a session goes on after a line. */
  public enum State {
    /** It waits for another line. */
    READY,
    /** What was typed so far is not complete: the next line belongs to it. */
    INCOMPLETE,
    /** The line returned: the session is over. */
    ENDED
  }
}
