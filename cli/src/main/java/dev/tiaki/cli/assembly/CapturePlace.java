package dev.tiaki.cli.assembly;

/**
 * One capture of a run.
 *
 * @param name its name as it was given
 * @param rank its place among the captures, from 0
 */
record CapturePlace(String name, int rank) {
  /** Before the first capture. */
  static final CapturePlace NONE = new CapturePlace("", -1);
}
