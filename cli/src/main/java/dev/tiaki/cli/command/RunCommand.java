package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.EngineErrors;
import dev.tiaki.cli.assembly.RunResult;
import dev.tiaki.cli.assembly.RunSettings;
import dev.tiaki.cli.kernelrules.Commands;
import dev.tiaki.cli.kernelrules.KernelQueueRules;
import dev.tiaki.cli.live.LiveRun;
import dev.tiaki.cli.live.LiveSettings;
import dev.tiaki.cli.live.QueueRules;
import dev.tiaki.cli.summary.Summary;
import dev.tiaki.cli.summary.SummaryText;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.worker.EngineMode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tiaki run}: guards live traffic. */
@Command(
    name = "run",
    customSynopsis = "tiaki run -r RULES.lua [-r …] [options]",
    sortOptions = false,
    description = "Guard live traffic.")
final class RunCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Mixin RuleOptions rules = new RuleOptions();

  @Mixin LiveOptions live = new LiveOptions();

  @Mixin OutputOptions outputs = new OutputOptions();

  @Mixin LimitOptions limits = new LimitOptions();

  @Mixin HelpOption help = new HelpOption();

  RunCommand() {}

  @Override
  public Integer call() throws Exception {
    LiveSettings where;
    RunSettings how;
    KernelQueueRules kernelRules;
    try {
      where = live.toSettings();
      kernelRules = new KernelQueueRules(live.toRulePlan(), Commands.here());
      how = settings(where);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (live.printRules) {
      spec.commandLine().getOut().print(kernelRules.describe());
      spec.commandLine().getOut().flush();
      return ExitStatus.DONE;
    }
    EngineErrors engineErrors = new EngineErrors(System.err, rules.debug);
    try (OpenOutputs open = outputs.open(true)) {
      LiveRun run =
          new LiveRun(
              where,
              how,
              open.toRunOutputs(),
              engineErrors,
              live.noRules ? QueueRules.OPERATORS : kernelRules,
              () -> System.err.println("tiaki run: ready, serving queue " + where.queues()));
      return Interruption.stopping(
          run::stop,
          () -> {
            RunResult result = run.run();
            open.finish();
            return report(result);
          });
    } catch (RuleFailure failure) {
      throw new CommandFailure(String.valueOf(failure.getMessage()), failure);
    }
  }

  private static int report(RunResult result) {
    Summary summary =
        new Summary(
            result.counters(),
            0,
            List.of(),
            result.alerts(),
            true,
            result.engineErrors(),
            result.wallNanos() / 1e9);
    System.err.print(SummaryText.of(summary));
    System.err.flush();
    return result.engineErrors() == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private RunSettings settings(LiveSettings where) {
    return new RunSettings(
        rules.rules,
        where.hook().seesBothDirections() ? EngineMode.ENFORCE : EngineMode.ENFORCE_UNEDITED,
        rules.onRuleError,
        rules.midstream != RuleOptions.Midstream.POLICY,
        OverlapPolicy.FIRST,
        rules.checksums,
        rules.sandbox,
        true,
        where.queues().count(),
        limits.toLimits(),
        rules.levels());
  }
}
