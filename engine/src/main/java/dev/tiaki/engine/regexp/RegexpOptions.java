package dev.tiaki.engine.regexp;

/**
 * How a pattern is read.
 *
 * @param caseInsensitive letters match in both cases, ASCII only
 * @param extended white space and comments in the pattern do not count
 */
public record RegexpOptions(boolean caseInsensitive, boolean extended) {
  /** Letters match as written, white space counts. */
  public static final RegexpOptions NONE = new RegexpOptions(false, false);
}
