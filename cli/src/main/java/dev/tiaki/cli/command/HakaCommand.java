package dev.tiaki.cli.command;

import dev.tiaki.cli.config.ConfigException;
import dev.tiaki.cli.config.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code tiaki haka}: {@code tiaki run} with the options of Haka's daemon. */
@Command(name = "haka", description = "Guard live traffic with the options of Haka's daemon.")
final class HakaCommand implements Callable<Integer> {
  /** Haka's status when its pid file names a process that runs. */
  static final int ALREADY_RUNNING = 5;

  private static final String USAGE =
      """
      Usage: haka [options]
      Options:
      \t-h, --help                   show this
      \t--version                    show the version
      \t-c, --config <file>          configuration (default: /etc/haka/haka.conf)
      \t-r, --rule <file>            rule file, in place of general:configuration
      \t-d, --debug                  log at level debug
      \t-l, --loglevel <level>       in place of log:level
      \t--opt <section>:<key>[=<value>]
      \t                             any key of the configuration
      \t--pid-file <file>            (default: /var/run/haka.pid)
      \t--no-daemon                  stay in the foreground, as it does anyway
      \t--ctl-file <file>, --debug-lua, --dump-dissector-graph
      \t                             taken, without effect\
      """;

  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Unmatched private List<String> words = new ArrayList<>();

  HakaCommand() {}

  @Override
  public Integer call() {
    HakaDaemonOptions options;
    try {
      options = HakaDaemonOptions.parse(words);
    } catch (IllegalArgumentException e) {
      say(spec.commandLine().getErr(), "haka: " + e.getMessage() + "\n" + USAGE);
      return ExitStatus.USAGE;
    }
    if (options.help || options.version) {
      say(spec.commandLine().getOut(), options.help ? USAGE : HakapcapCommand.versionLines());
      return ExitStatus.DONE;
    }
    if (PidFile.isTaken(options.pidFile)) {
      return fatal("an instance of haka is already running", ALREADY_RUNNING);
    }
    return run(options);
  }

  private static void say(PrintWriter to, String text) {
    to.println(text);
    to.flush();
  }

  private int fatal(String message, int status) {
    say(spec.commandLine().getErr(), "fatal core: " + message);
    return status;
  }

  private int run(HakaDaemonOptions options) {
    List<ConfigFile.Entry> entries;
    try {
      entries = ConfigFile.readHaka(options.config, options.overrides);
    } catch (ConfigException e) {
      return fatal(String.valueOf(e.getMessage()), ExitStatus.USAGE);
    } catch (IOException e) {
      return fatal("configuration file parsing error: " + e.getMessage(), ExitStatus.USAGE);
    }
    List<String> absent = absent(entries);
    if (!absent.isEmpty()) {
      return fatal(absent.getFirst(), ExitStatus.USAGE);
    }
    PrintWriter errors = spec.commandLine().getErr();
    options.withoutEffect.forEach(name -> say(errors, "haka: " + name + " has no effect here"));
    if (!options.foreground) {
      say(errors, "haka: staying in the foreground; a service manager keeps it in the background");
    }
    return CommandLines.execute(runWords(options, entries));
  }

  private static List<String> absent(List<ConfigFile.Entry> entries) {
    List<String> absent = new ArrayList<>();
    if (entries.stream().noneMatch(entry -> entry.option().equals("--rules"))) {
      absent.add("no configuration specified");
    }
    if (entries.stream().noneMatch(entry -> entry.option().matches("--hook|--interface"))) {
      absent.add("no packet capture module specified");
    }
    return absent;
  }

  private static String[] runWords(HakaDaemonOptions options, List<ConfigFile.Entry> entries) {
    List<String> words = new ArrayList<>(List.of("run", "--pid-file=" + options.pidFile));
    for (ConfigFile.Entry entry : entries) {
      if (entry.values().isEmpty()) {
        words.add(entry.option());
      }
      entry.values().forEach(value -> words.add(entry.option() + "=" + value));
    }
    return words.toArray(new String[0]);
  }
}
