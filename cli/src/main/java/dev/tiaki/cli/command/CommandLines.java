package dev.tiaki.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Builds the command line: every failure is one line on standard error, with a fitting status. */
public final class CommandLines {
  static {
    // picocli else looks for Groovy, and the JVM opens every jar of the class path to find that it
    // is not there
    System.setProperty("picocli.disable.closures", "true");
  }

  private CommandLines() {}

  /** Returns the command line of {@code tiaki} with all its commands, ready to execute. */
  public static CommandLine create() {
    return create(Subcommand.ALL);
  }

  /**
   * Runs the command that {@code words} ask for.
   *
   * <p>Only that command is built: all of them take 0.3 s in a JVM that has just begun.
   *
   * @return the exit status
   */
  public static int execute(String... words) {
    return create(Subcommand.wantedBy(words)).execute(words);
  }

  private static CommandLine create(List<Subcommand> subcommands) {
    CommandLine line = new CommandLine(new TiakiCommand().spec);
    subcommands.forEach(subcommand -> line.addSubcommand(subcommand.name(), subcommand.line()));
    line.setExpandAtFiles(false);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(CommandLines::refuse);
    line.setExecutionExceptionHandler(CommandLines::explain);
    return line;
  }

  /** Returns a parser of one command of which a later option replaces an earlier one. */
  static CommandLine configured(CommandSpec command) {
    CommandLine line = new CommandLine(command);
    line.setExpandAtFiles(false);
    line.setOverwrittenOptionsAllowed(true);
    return line;
  }

  private static int refuse(CommandLine.ParameterException refused, String[] arguments) {
    CommandLine command = refused.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter errors = command.getErr();
    errors.println(name + ": " + problem(refused) + "; see '" + name + " --help'");
    errors.flush();
    return ExitStatus.USAGE;
  }

  private static String problem(CommandLine.ParameterException refused) {
    CommandLine command = refused.getCommandLine();
    if (refused instanceof CommandLine.UnmatchedArgumentException unmatched
        && command.getParent() == null
        && !unmatched.isUnknownOption()) {
      return "there is no command '" + unmatched.getUnmatched().getFirst() + "'";
    }
    return firstLine(refused);
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter errors = command.getErr();
    if (isReaderGone(failure)) {
      return ExitStatus.FAILED; // as with "| head": who reads no further knows why
    }
    errors.println(name + ": " + explanation(failure));
    if (wantsTrace(parsed)) {
      failure.printStackTrace(errors);
    }
    errors.flush();
    return ExitStatus.FAILED;
  }

  private static boolean isReaderGone(Exception failure) {
    return failure instanceof UncheckedIOException
        && failure.getCause() instanceof IOException cause
        && "Broken pipe".equals(cause.getMessage());
  }

  private static String explanation(Exception failure) {
    if (failure instanceof CommandFailure
        || failure instanceof IOException
        || failure instanceof UncheckedIOException) {
      Throwable said = failure instanceof UncheckedIOException ? failure.getCause() : failure;
      return firstLine(said);
    }
    return "internal error ("
        + failure
        + "); please report it with what 'tiaki "
        + "… --debug' prints";
  }

  private static boolean wantsTrace(CommandLine.ParseResult parsed) {
    return parsed.hasSubcommand()
        ? wantsTrace(parsed.subcommand())
        : parsed.originalArgs().contains("--debug");
  }

  private static String firstLine(@Nullable Throwable failure) {
    String message = failure == null ? null : failure.getMessage();
    String text = message == null ? String.valueOf(failure) : message;
    return Arrays.stream(text.split("\n")).findFirst().orElse(text);
  }
}
