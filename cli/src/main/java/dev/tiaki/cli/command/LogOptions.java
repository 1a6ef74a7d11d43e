package dev.tiaki.cli.command;

import dev.tiaki.cli.output.LogLevels;
import java.util.ArrayList;
import java.util.List;

/** What is said about a run of rules, and how much. */
final class LogOptions {
  List<LogLevels> logLevels = new ArrayList<>();
  boolean debug;

  LogOptions() {}

  /** Adds them to a command. */
  void addTo(Options options) {
    options
        .list(LogLevels.class, "-l", "--log-level")
        .label("[SECTION=]LEVEL")
        .readBy(new LogLevelsConverter())
        .says("fatal, error, warn, info, debug, trace; of one section or of all.")
        .into(() -> logLevels, given -> logLevels = given);
    options
        .flag("--debug")
        .says("Show Java stack traces with errors.")
        .into(() -> debug, given -> debug = given);
  }

  LogLevels levels() {
    return logLevels.stream().reduce(LogLevels.DEFAULT, LogLevels::and);
  }
}
