package dev.tiaki.cli.command;

/** What the program's exit status means. */
public final class ExitStatus {
  /** Everything was done. */
  public static final int DONE = 0;

  /** The work failed, wholly or in part. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  private ExitStatus() {}
}
