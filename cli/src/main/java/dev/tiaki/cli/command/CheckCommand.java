package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.RuleCheck;
import dev.tiaki.cli.output.LogLevels;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tiaki check}: loads rules without any traffic and says what is in them. */
@Command(
    name = "check",
    description = "Load rules, report every error, and list events, rules and dissectors.",
    footer = {"", "The files are loaded in order and share one Lua state; no packet is touched."})
final class CheckCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Parameters(paramLabel = "RULES.lua", arity = "1..*", description = "The rule files.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--sandbox", description = "Check them as 'replay --sandbox' runs them.")
  private boolean sandbox;

  @Option(
      names = {"-l", "--log-level"},
      paramLabel = "[SECTION=]LEVEL",
      converter = LogLevelsConverter.class,
      description = "fatal, error, warn, info, debug, trace; of one section or of all.")
  private List<LogLevels> logLevels = new ArrayList<>();

  @Option(names = "--debug", description = "Show Java stack traces with errors.")
  boolean debug;

  @Mixin private LimitOptions limits = new LimitOptions();

  @Mixin HelpOption help = new HelpOption();

  CheckCommand() {}

  @Override
  public Integer call() throws Exception {
    return BigStack.call(this::check);
  }

  private int check() throws IOException {
    RuleCheck.Report report;
    try (OpenOutputs open = new OpenOutputs(false)) {
      LogLevels levels = logLevels.stream().reduce(LogLevels.DEFAULT, LogLevels::and);
      report =
          RuleCheck.of(files, ReplayCommand.checking(sandbox, limits, levels), open.toRunOutputs());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? CheckReport.json(report) : CheckReport.text(report));
    out.flush();
    for (String error : report.errors()) {
      spec.commandLine().getErr().println("tiaki check: " + error);
    }
    spec.commandLine().getErr().flush();
    return report.errors().isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
  }
}
