package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.CaptureReading;
import dev.tiaki.cli.assembly.CaptureRun;
import dev.tiaki.cli.assembly.EngineErrors;
import dev.tiaki.cli.assembly.RunResult;
import dev.tiaki.cli.assembly.RunSettings;
import dev.tiaki.cli.control.ControlSettings;
import dev.tiaki.cli.control.view.Subject;
import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.cli.output.LogLevels;
import dev.tiaki.cli.output.ProgressBar;
import dev.tiaki.cli.output.Terminal;
import dev.tiaki.cli.summary.Summary;
import dev.tiaki.cli.summary.SummaryJson;
import dev.tiaki.cli.summary.SummaryText;
import dev.tiaki.engine.capture.CaptureInput;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.worker.EngineMode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** {@code tiaki replay}: runs rules over captures. */
final class ReplayCommand implements Callable<Integer> {
  private static final int MAX_WORKERS = 256;

  final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  List<String> captures = new ArrayList<>();

  RuleOptions rules = new RuleOptions();

  OutputOptions outputs = new OutputOptions();

  boolean observe;

  boolean enforce;

  String workers = "1";

  boolean keepFlows;

  OverlapPolicy overlap = OverlapPolicy.FIRST;

  StatsLayout stats = StatsLayout.TEXT;

  boolean json;

  String reader = "mapped";

  @Nullable String filter;

  @Nullable Path connections;

  @Nullable Path control;

  LimitOptions limits = new LimitOptions();

  ReplayCommand() {
    spec.name("replay");
    spec.usageMessage()
        .customSynopsis("tiaki replay -r RULES.lua [-r …] [options] CAPTURE…")
        .sortOptions(false)
        .description("Run rules over captures.")
        .footer(
            "",
            "Sizes take K, M and G. Several captures are one run: each is processed even when"
                + " another is broken. What rules print, log lines and alerts go to standard"
                + " output, in order; the summary and errors to standard error.");
    Options.addOperands(
        spec,
        String.class,
        "CAPTURE",
        "pcap or pcapng, also .gz; a folder of them; - for standard input.",
        () -> captures,
        given -> captures = given);
    Options options = new Options(spec::addOption);
    rules.addTo(options);
    outputs.addTo(options);
    spec.addArgGroup(carrying());
    addTo(options);
    limits.addTo(options);
    HelpOption.addTo(spec);
  }

  /** Whether verdicts are carried out: one or the other. */
  private ArgGroupSpec carrying() {
    ArgGroupSpec.Builder group = ArgGroupSpec.builder();
    Options options = new Options(group::addArg);
    options
        .flag("--observe")
        .says("Carry nothing out, count what would be (default).")
        .into(() -> observe, given -> observe = given);
    options
        .flag("--enforce")
        .says("Carry verdicts and edits out (default with -o).")
        .into(() -> enforce, given -> enforce = given);
    return group.build();
  }

  private void addTo(Options options) {
    options
        .value(String.class, "--workers")
        .label("N|auto")
        .says("Share the flows among N workers; auto: as many as cores (default: 1).")
        .into(() -> workers, given -> workers = given);
    options
        .flag("--continue")
        .says("Let flows go on from capture to capture.")
        .into(() -> keepFlows, given -> keepFlows = given);
    options
        .word(OverlapPolicy.class, "--overlap")
        .label("POLICY")
        .says(
            "Whose bytes count where segments overlap: first, last, bsd, linux, windows"
                + " (default: first).")
        .into(() -> overlap, given -> overlap = given);
    options
        .word(StatsLayout.class, "--stats")
        .label("LAYOUT")
        .says("The summary on standard error: text, json, none (default: text).")
        .into(() -> stats, given -> stats = given);
    options
        .flag("--json")
        .says("The same as --stats json.")
        .into(() -> json, given -> json = given);
    options
        .value(String.class, "--reader")
        .label("READER")
        .says("How captures are read: mapped (default), libpcap.")
        .into(() -> reader, given -> reader = given);
    options
        .value(String.class, "--filter")
        .label("BPF")
        .says("Process only packets that pass this filter of libpcap's language.")
        .into(() -> filter, given -> filter = given);
    options
        .value(Path.class, "--conntrack")
        .label("FILE.json")
        .says(
            "Write the connections that the kernel's table would hold at the end, a JSON object each,",
            "with --enforce marked as rules decided; needs one worker.")
        .into(() -> connections, given -> connections = given);
    options
        .value(Path.class, "--control-socket", "--control")
        .label("FILE")
        .says("Serve the control API at this Unix socket while the captures are replayed.")
        .into(() -> control, given -> control = given);
  }

  @Override
  public Integer call() throws Exception {
    rules.prepareDebugger(spec.commandLine());
    RunSettings settings = settings();
    if (connections != null && settings.workers() > 1) {
      throw usage("--conntrack keeps one table, which needs --workers 1");
    }
    CaptureReading reading = reading();
    List<CaptureInput> inputs = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (String capture : captures) {
      expand(capture, inputs, failures);
    }
    outputs.connections = connections;
    outputs.refuseToOverwrite(inputs);
    return BigStack.call(() -> replay(settings, reading, inputs, failures));
  }

  private static void expand(String name, List<CaptureInput> inputs, List<String> failures) {
    try {
      inputs.addAll(CaptureInput.of(name));
    } catch (IOException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
  }

  private CaptureReading reading() throws CommandFailure {
    boolean libpcap = reader.equals("libpcap");
    if (!libpcap && !reader.equals("mapped")) {
      throw usage("--reader: '" + reader + "' is neither mapped nor libpcap");
    }
    return new CaptureReading(libpcap, Filters.of(filter, spec));
  }

  private int replay(
      RunSettings settings,
      CaptureReading reading,
      List<CaptureInput> inputs,
      List<String> failures)
      throws Exception {
    EngineErrors engineErrors = new EngineErrors(System.err, rules.log.debug);
    ProgressBar progress = new ProgressBar(System.err);
    StoppableInput input = new StoppableInput(System.in);
    System.setIn(input);
    Controlled controlled =
        new Controlled("replay", new ControlSettings(control, true, null, null));
    try (OpenOutputs open = outputs.open();
        controlled) {
      CaptureRun run =
          new CaptureRun(
              settings,
              controlled.around(open.toRunOutputs()),
              engineErrors,
              progress,
              reading,
              controlled::begun);
      controlled.begin(subject(run, settings));
      controlled.await();
      if (Terminal.isError() && !rules.debugLua) { // both would write to the line of the prompt
        progress.start();
      }
      return Interruption.stopping(
          () -> {
            run.stop();
            input.stop();
          },
          () -> {
            try (controlled) {
              RunResult result = run.run(inputs);
              progress.finish();
              open.finish();
              return report(settings, result, failures);
            }
          });
    } catch (RuleFailure failure) {
      throw new CommandFailure(String.valueOf(failure.getMessage()), failure);
    } finally {
      progress.finish();
    }
  }

  private Subject subject(CaptureRun run, RunSettings settings) {
    return new Subject(
        run,
        "replay",
        VersionCommand.number(),
        captures,
        settings.mode().enforcing(),
        settings.rules(),
        null,
        false,
        Instant.now());
  }

  private int report(RunSettings settings, RunResult result, List<String> failuresBefore) {
    List<String> failures = new ArrayList<>(failuresBefore);
    failures.addAll(result.failures());
    for (String failure : failures) {
      System.err.println("tiaki replay: " + failure);
    }
    Summary summary =
        new Summary(
            result.counters(),
            result.captures() + failuresBefore.size(),
            failures,
            result.alerts(),
            settings.mode().enforcing(),
            result.engineErrors(),
            result.wallNanos() / 1e9);
    switch (json ? StatsLayout.JSON : stats) {
      case TEXT -> System.err.print(SummaryText.of(summary));
      case JSON -> System.err.print(SummaryJson.of(summary));
      case NONE -> {}
    }
    System.err.flush();
    return failures.isEmpty() && result.engineErrors() == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  /** Returns what the options ask for, or refuses them. */
  RunSettings settings() {
    boolean writes = outputs.packets != null;
    if (writes && observe) {
      throw usage("--output writes what leaves, which --observe does not decide; use --enforce");
    }
    try {
      return new RunSettings(
              rules.rules,
              enforce || writes ? EngineMode.ENFORCE : EngineMode.OBSERVE,
              rules.onRuleError,
              rules.midstream == RuleOptions.Midstream.PICKUP,
              overlap,
              rules.checksums,
              rules.sandbox,
              keepFlows,
              workerCount(),
              limits.toLimits(),
              rules.log.levels())
          .with(rules.features());
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the settings under which rules are merely loaded. */
  static RunSettings checking(boolean sandbox, LimitOptions limits, LogLevels levels) {
    RuleOptions defaults = new RuleOptions();
    return new RunSettings(
        List.of(),
        EngineMode.OBSERVE,
        defaults.onRuleError,
        false,
        OverlapPolicy.FIRST,
        defaults.checksums,
        sandbox,
        false,
        1,
        limits.toLimits(),
        levels);
  }

  private int workerCount() {
    if (workers.equals("auto")) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (!workers.matches("[1-9]\\d{0,2}") || Integer.parseInt(workers) > MAX_WORKERS) {
      throw usage("--workers: '" + workers + "' is neither auto nor a number from 1 to 256");
    }
    return Integer.parseInt(workers);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
