package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.EngineErrors;
import dev.tiaki.cli.assembly.RunResult;
import dev.tiaki.cli.assembly.RunSettings;
import dev.tiaki.cli.assembly.RunningEngine;
import dev.tiaki.cli.control.view.Subject;
import dev.tiaki.cli.kernelrules.Commands;
import dev.tiaki.cli.kernelrules.KernelQueueRules;
import dev.tiaki.cli.live.InterfaceRun;
import dev.tiaki.cli.live.LiveRun;
import dev.tiaki.cli.live.LiveSettings;
import dev.tiaki.cli.live.QueueRules;
import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.cli.startup.Finding;
import dev.tiaki.cli.startup.StartChecks;
import dev.tiaki.cli.summary.Summary;
import dev.tiaki.cli.summary.SummaryText;
import dev.tiaki.engine.libpcap.BpfFilter;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.worker.EngineMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** {@code tiaki run}: guards live traffic. */
final class RunCommand implements Callable<Integer> {
  final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  RuleOptions rules = new RuleOptions();

  LiveOptions live = new LiveOptions();

  OutputOptions outputs = new OutputOptions();

  LimitOptions limits = new LimitOptions();

  ControlOptions control = new ControlOptions();

  @Nullable Path config;

  @Nullable Path pidFile;

  private final ServiceNotice notice = new ServiceNotice(System.getenv());

  RunCommand() {
    spec.name("run");
    spec.usageMessage()
        .customSynopsis("tiaki run -r RULES.lua [-r …] [options]")
        .sortOptions(false)
        .description("Guard live traffic.");
    Options options = new Options(spec::addOption);
    rules.addTo(options);
    live.addTo(options);
    outputs.addTo(options);
    limits.addTo(options);
    control.addTo(options);
    addTo(options);
    HelpOption.addTo(spec);
  }

  private void addTo(Options options) {
    options
        .value(Path.class, "-c", "--config")
        .label("FILE")
        .says("Read options from FILE: YAML, or Haka's own format (.conf).")
        .into(() -> config, given -> config = given);
    options
        .value(Path.class, "--pid-file")
        .label("FILE")
        .says("Hold the process's id in FILE while it runs.")
        .into(() -> pidFile, given -> pidFile = given);
  }

  @Override
  public Integer call() throws Exception {
    if (config == null) {
      return run();
    }
    RunCommand both = new RunCommand();
    CommandLine parser = CommandLines.configured(both.spec);
    Configured.parse(parser, config, spec.commandLine().getParseResult(), both::check);
    both.config = null;
    return both.run();
  }

  /**
   * Looks at the options.
   *
   * @throws IllegalArgumentException when one makes no sense; the message says which
   */
  void check() {
    RunSettings _ = settings(live.toSettings());
    KernelQueueRules _ = new KernelQueueRules(live.toRulePlan(), Commands.here());
    String filter = live.filter;
    if (filter != null) {
      try {
        BpfFilter _ = BpfFilter.of(filter);
      } catch (IOException e) {
        // there is no libpcap to say what is wrong: the start will tell
      }
    }
  }

  private int run() throws Exception {
    rules.prepareDebugger(spec.commandLine());
    LiveSettings where;
    RunSettings how;
    KernelQueueRules kernelRules;
    Controlled controlled;
    try {
      where = rules.debugLua ? live.toSettings().withoutWatchdog() : live.toSettings();
      kernelRules = new KernelQueueRules(live.toRulePlan(), Commands.here());
      how = settings(where);
      controlled = new Controlled("run", control.toSettings());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (live.printRules) {
      spec.commandLine().getOut().print(kernelRules.describe());
      spec.commandLine().getOut().flush();
      return ExitStatus.DONE;
    }
    if (live.check) {
      return checkMachine();
    }
    Filters.of(live.filter, spec); // refused before anything is opened
    refuseWithoutRights();
    EngineErrors engineErrors = new EngineErrors(System.err, rules.log.debug);
    try (OpenOutputs open = outputs.open(true);
        controlled) {
      if (!live.interfaces.isEmpty()) {
        return observe(how, open, engineErrors, controlled);
      }
      RunSteps steps = new RunSteps("serving queue " + where.queues(), controlled, notice);
      LiveRun run =
          new LiveRun(
              where,
              how,
              controlled.around(open.toRunOutputs()),
              engineErrors,
              live.noRules ? QueueRules.OPERATORS : kernelRules,
              steps);
      HangUp.call(run::reload);
      controlled.begin(subject(run, how, where));
      return untilStopped(run::stop, run::run, open, controlled, true);
    } catch (RuleFailure failure) {
      throw new CommandFailure(String.valueOf(failure.getMessage()), failure);
    } catch (IOException failure) {
      throw explained(failure);
    }
  }

  private int checkMachine() {
    List<Finding> findings = live.findings();
    findings.forEach(finding -> spec.commandLine().getOut().println(finding.line()));
    spec.commandLine().getOut().flush();
    return findings.stream().anyMatch(Finding::isMissing) ? ExitStatus.FAILED : ExitStatus.DONE;
  }

  /** Before anything is opened: everything else would fail for the same reason, one by one. */
  private void refuseWithoutRights() throws CommandFailure {
    Finding rights =
        live.interfaces.isEmpty()
            ? StartChecks.capabilities()
            : StartChecks.capabilitiesToObserve();
    if (rights.isMissing()) {
      throw new CommandFailure(rights.sentence());
    }
  }

  /** What the machine lacks says more than the call that failed for want of it. */
  private IOException explained(IOException failure) {
    return live.missingOnThisMachine().stream()
        .filter(lack -> !lack.name().startsWith("queue ")) // the call itself says so
        .findFirst()
        .map(lack ->
            new IOException(
                "%s (%s: %s; 'tiaki run --check' lists what is needed)"
                    .formatted(failure.getMessage(), lack.name(), lack.sentence()),
                failure))
        .orElse(failure);
  }

  private Subject subject(RunningEngine run, RunSettings how, LiveSettings where) {
    boolean guarding = live.interfaces.isEmpty();
    String sources =
        guarding
            ? "queue %s at %s".formatted(where.queues(), live.hook)
            : "interface " + String.join(", ", live.interfaces);
    return new Subject(
        run,
        "run",
        VersionCommand.number(),
        List.of(sources),
        how.mode().enforcing(),
        how.rules(),
        guarding ? where.queues() : null,
        true,
        Instant.now());
  }

  private int observe(
      RunSettings how, OpenOutputs open, EngineErrors engineErrors, Controlled controlled)
      throws Exception {
    String names = String.join(", ", live.interfaces);
    InterfaceRun run =
        new InterfaceRun(
            live.interfaces,
            live.toDeviceOptions(),
            how,
            controlled.around(open.toRunOutputs()),
            engineErrors,
            new RunSteps("observing " + names, controlled, notice)::ready);
    controlled.begin(subject(run, how, live.toSettings()));
    controlled.await();
    return untilStopped(run::stop, run::run, open, controlled, false);
  }

  private int untilStopped(
      Runnable stop,
      Callable<RunResult> work,
      OpenOutputs open,
      Controlled controlled,
      boolean enforcing)
      throws Exception {
    return Interruption.stopping(
        () -> {
          notice.stopping();
          stop.run();
        },
        () -> {
          try (PidFile _ = PidFile.write(pidFile);
              controlled) {
            RunResult result = work.call();
            open.finish();
            return report(result, enforcing);
          }
        });
  }

  private static int report(RunResult result, boolean enforcing) {
    for (String failure : result.failures()) {
      System.err.println("tiaki run: " + failure);
    }
    Summary summary =
        new Summary(
            result.counters(),
            0,
            result.failures(),
            result.alerts(),
            enforcing,
            result.engineErrors(),
            result.wallNanos() / 1e9);
    System.err.print(SummaryText.of(summary));
    System.err.flush();
    return result.failures().isEmpty() && result.engineErrors() == 0
        ? ExitStatus.DONE
        : ExitStatus.FAILED;
  }

  private EngineMode mode(LiveSettings where) {
    if (!live.interfaces.isEmpty()) {
      return EngineMode.OBSERVE;
    }
    return where.hook().seesBothDirections() ? EngineMode.ENFORCE : EngineMode.ENFORCE_UNEDITED;
  }

  private RunSettings settings(LiveSettings where) {
    return new RunSettings(
            rules.rules,
            mode(where),
            rules.onRuleError,
            rules.midstream != RuleOptions.Midstream.POLICY,
            OverlapPolicy.FIRST,
            rules.checksums,
            rules.sandbox,
            true,
            live.interfaces.isEmpty() ? where.queues().count() : 1,
            limits.toLimits(),
            rules.log.levels())
        .with(rules.features());
  }
}
