package dev.tiaki.cli;

import dev.tiaki.cli.command.CommandLines;

/** The program {@code tiaki}. */
public final class Tiaki {
  private Tiaki() {}

  /** Runs the command that {@code arguments} ask for and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(CommandLines.execute(arguments));
  }
}
