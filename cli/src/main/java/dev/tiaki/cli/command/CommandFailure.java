package dev.tiaki.cli.command;

/**
 * A command cannot do its work. The message is for the user: one line that names the file and says
 * what to do.
 */
final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }

  CommandFailure(String message) {
    super(message);
  }
}
