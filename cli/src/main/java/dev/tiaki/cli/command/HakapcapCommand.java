package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.EngineErrors;
import dev.tiaki.cli.assembly.HakaRun;
import dev.tiaki.cli.assembly.PacketFile;
import dev.tiaki.cli.assembly.RunFeature;
import dev.tiaki.cli.assembly.RunSettings;
import dev.tiaki.cli.output.AlertLines;
import dev.tiaki.cli.output.AlertText;
import dev.tiaki.cli.output.ByteOutput;
import dev.tiaki.dissector.tcp.VerifyChecksums;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.worker.EngineMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code tiaki hakapcap}: Haka's command of that name, its options and its output. */
@Command(
    name = "hakapcap",
    description = "Run a Haka rule file on a capture, as Haka's hakapcap does.")
final class HakapcapCommand implements Callable<Integer> {
  /** The version of Haka's module interface that rule files rely on. */
  private static final int HAKA_API_VERSION = 2;

  private static final String USAGE = "Usage: hakapcap [options] <config> <pcapfile>";
  private static final String HELP =
      """
      Options:
      \t-h, --help               show this
      \t--version                show the version
      \t-d, --debug              log at level debug
      \t-l, --loglevel <level>   set the log level, [section=]level[,…]:
      \t                         fatal, error, warn, info, debug, trace
      \t-a, --alert-to <file>    append alerts to a file
      \t--debug-lua              stop at failing rules, breakpoints and ^C
      \t--dump-dissector-graph   accepted; there are no grammars to draw yet
      \t--no-pass-through, --pass-through
      \t                         whether packets may be changed (default: they may not)
      \t-o <output>              save the packets that leave in a capture\
      """;

  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Unmatched private List<String> words = new ArrayList<>();

  HakapcapCommand() {}

  @Override
  public Integer call() throws Exception {
    HakapcapOptions options;
    try {
      options = HakapcapOptions.parse(words);
    } catch (HakapcapOptions.UsageException e) {
      return usage("hakapcap: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return fatal(String.valueOf(e.getMessage()));
    }
    if (options.help || options.version) {
      return inform(options);
    }
    if (options.arguments.size() != 2) {
      return usage("");
    }
    return BigStack.call(() -> run(options));
  }

  private int usage(String problem) {
    PrintWriter errors = spec.commandLine().getErr();
    if (!problem.isEmpty()) {
      errors.println(problem);
    }
    errors.println(USAGE);
    errors.flush();
    return ExitStatus.USAGE;
  }

  private int fatal(String message) {
    PrintWriter errors = spec.commandLine().getErr();
    errors.println("fatal core: " + message);
    errors.flush();
    return ExitStatus.FAILED;
  }

  private int inform(HakapcapOptions options) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.help) {
      out.println(USAGE);
      out.println(HELP);
    } else {
      out.println(versionLines());
    }
    out.flush();
    return ExitStatus.DONE;
  }

  /** Returns what Haka's programs say about their version. */
  static String versionLines() {
    return "version %s, arch %s, LuaJ%nAPI version %d"
        .formatted(VersionCommand.number(), System.getProperty("os.arch"), HAKA_API_VERSION);
  }

  private int run(HakapcapOptions options) throws Exception {
    if (options.debugLua) {
      DebuggerKeys.prepare();
    }
    try (OpenOutputs open = new OpenOutputs(false)) {
      try {
        openOutputs(options, open);
      } catch (IOException e) {
        return fatal("cannot load alert module: " + e.getMessage());
      }
      HakaRun run =
          new HakaRun(settings(options), open.toRunOutputs(), new EngineErrors(System.err, true));
      return Interruption.stopping(
          run::stop,
          () -> {
            boolean done = run.run(options.arguments.get(1));
            open.finish();
            return done ? ExitStatus.DONE : ExitStatus.FAILED;
          });
    }
  }

  private static void openOutputs(HakapcapOptions options, OpenOutputs open) throws IOException {
    String alerts = options.alertTo;
    if (alerts == null || alerts.equals("-")) {
      open.alerts(
          new AlertLines(open.standardOutput(), new AlertText(AlertText.PRETTY, open.colors())));
    } else {
      open.alerts(
          new AlertLines(
              open.closing(appendingTo(alerts)), new AlertText(AlertText.PRETTY, false)));
    }
    if (options.output != null) {
      open.packets(new PacketFile(Path.of(options.output), true));
    }
  }

  private static ByteOutput appendingTo(String file) throws IOException {
    try {
      return new ByteOutput(
          Files.newOutputStream(
              Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
          false);
    } catch (IOException e) {
      throw new IOException("cannot open file '" + file + "' for alert", e);
    }
  }

  private static RunSettings settings(HakapcapOptions options) {
    return new RunSettings(
            List.of(Path.of(options.arguments.getFirst())),
            options.passThrough ? EngineMode.HAKA_PASS_THROUGH : EngineMode.HAKA,
            OnRuleError.DROP,
            false,
            OverlapPolicy.FIRST,
            VerifyChecksums.NEVER,
            false,
            false,
            1,
            new LimitOptions().toLimits(),
            options.levels)
        .with(options.debugLua ? Set.of(RunFeature.DEBUG_LUA) : Set.of());
  }
}
