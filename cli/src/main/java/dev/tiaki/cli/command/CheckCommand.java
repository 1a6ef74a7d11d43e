package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.RuleCheck;
import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.cli.output.LogLevels;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code tiaki check}: loads rules without any traffic and says what is in them. */
final class CheckCommand implements Callable<Integer> {
  final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  private List<Path> files = new ArrayList<>();

  private boolean json;

  private boolean sandbox;

  private final LogOptions log = new LogOptions();

  private LimitOptions limits = new LimitOptions();

  CheckCommand() {
    spec.name("check");
    spec.usageMessage()
        .description("Load rules, report every error, and list events, rules and dissectors.")
        .footer("", "The files are loaded in order and share one Lua state; no packet is touched.");
    Options.addOperands(
        spec, Path.class, "RULES.lua", "The rule files.", () -> files, given -> files = given);
    Options options = new Options(spec::addOption);
    addTo(options);
    limits.addTo(options);
    HelpOption.addTo(spec);
  }

  private void addTo(Options options) {
    options.flag("--json").says("Print one JSON object.").into(() -> json, given -> json = given);
    options
        .flag("--sandbox")
        .says("Check them as 'replay --sandbox' runs them.")
        .into(() -> sandbox, given -> sandbox = given);
    log.addTo(options);
  }

  @Override
  public Integer call() throws Exception {
    return BigStack.call(this::check);
  }

  private int check() throws IOException {
    RuleCheck.Report report;
    try (OpenOutputs open = new OpenOutputs(false)) {
      LogLevels levels = log.levels();
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
