package dev.tiaki.cli.ctl;

import dev.tiaki.cli.control.ControlSettings;
import dev.tiaki.cli.output.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code tiaki hakactl}: Haka's words, lines and exit status for those who have them in their
 * fingers and scripts.
 */
@Command(
    name = "hakactl",
    customSynopsis = "tiaki hakactl [--ctl-file FILE] COMMAND [ARGUMENT]",
    description = "See and steer a running engine with the words of Haka's hakactl.")
public final class HakactlCommand implements Callable<Integer> {
  private static final int SUCCESS = 0;
  private static final int FAILED = 1;
  private static final int BAD_OPTIONS = 100;
  private static final int BAD_COMMAND = 101;
  private static final int NOT_CONNECTED = 102;
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String CLEAR = "\u001b[0m";
  private static final Map<String, Integer> ARGUMENTS =
      Map.of("status", 0, "stop", 0, "logs", 0, "loglevel", 1, "console", 0);
  private static final List<String> NOT_HERE = List.of("debug", "interactive");

  private static final String USAGE =
      """
      Usage: hakactl [options] <command> [arguments]
      Options:
      \t-h, --help:             Show this
      \t--version:              Show the version
      \t-d, --debug:            Accepted, without effect
      \t--ctl-file <ctl-file>:  The control socket

      Commands:
      \tstatus:             Show whether an engine is running
      \tstop:               Stop it
      \tlogs:               Show its log and alerts as they come
      \tloglevel <level>:   Change what it logs
      \tconsole:            Type Lua into it
      """;

  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Unmatched private List<String> words = new ArrayList<>();

  private Path socket = ControlSettings.DEFAULT_SOCKET;

  /** Makes the command, for picocli. */
  public HakactlCommand() {}

  @Override
  public Integer call() throws IOException {
    Deque<String> left = new ArrayDeque<>(words);
    while (!left.isEmpty() && left.peek().startsWith("-")) {
      Integer status = option(left);
      if (status != null) {
        return status;
      }
    }
    if (left.isEmpty()) {
      out().print(USAGE);
      out().flush();
      return BAD_OPTIONS;
    }
    String command = left.pop().toLowerCase(Locale.ROOT);
    Integer wanted = ARGUMENTS.get(command);
    if (NOT_HERE.contains(command)) {
      return complain("'" + command + "' is not here; start the engine with --debug-lua instead");
    }
    if (wanted == null || wanted != left.size()) {
      return complain(
          "invalid command '" + command + "', see help for the list of available command");
    }
    return run(command, left.peek());
  }

  /** Takes one option; the exit status when nothing is left to do, else null. */
  private @Nullable Integer option(Deque<String> left) {
    String option = left.pop();
    switch (option) {
      case "-d", "--debug" -> {
        return null;
      }
      case "-h", "--help" -> {
        out().print(USAGE);
        out().flush();
        return SUCCESS;
      }
      case "--version" -> {
        out().println("tiaki " + HakactlCommand.class.getPackage().getImplementationVersion());
        out().flush();
        return SUCCESS;
      }
      case "--ctl-file" -> {
        if (!left.isEmpty()) {
          socket = Path.of(left.pop());
          return null;
        }
      }
      default -> {
        if (option.startsWith("--ctl-file=")) {
          socket = Path.of(option.substring("--ctl-file=".length()));
          return null;
        }
      }
    }
    spec.commandLine().getErr().print(USAGE);
    spec.commandLine().getErr().flush();
    return BAD_OPTIONS;
  }

  private int complain(String message) {
    spec.commandLine().getErr().println(message);
    spec.commandLine().getErr().flush();
    return BAD_COMMAND;
  }

  private int run(String command, @Nullable String argument) throws IOException {
    ControlClient client = new ControlClient(socket);
    out().print(command.equals("status") ? "[....] haka status" : "[....] connecting to haka");
    out().flush();
    try {
      client.ask("GET", "/v1/status", null);
    } catch (ControlFailure failure) {
      if (!failure.isReached()) {
        return fail(": cannot connect to haka socket", NOT_CONNECTED);
      }
      // Haka's own status is 0 then too
      return fail(": haka not responding", command.equals("status") ? SUCCESS : FAILED);
    }
    succeed(command.equals("status") ? ": haka is running" : "");
    return switch (command) {
      case "stop" -> tell(client, "stopping haka", "", "POST", "/v1/stop", null);
      case "loglevel" ->
          tell(
              client,
              "changing log level",
              ": log level set to " + argument,
              "PUT",
              "/v1/loglevel",
              Map.of("level", String.valueOf(argument)));
      case "logs" -> logs(client);
      case "console" -> new ConsoleTerminal(client, "all").run();
      default -> SUCCESS;
    };
  }

  private int tell(
      ControlClient client,
      String what,
      String done,
      String method,
      String path,
      @Nullable Object body)
      throws IOException {
    out().print("[....] " + what);
    out().flush();
    try {
      client.ask(method, path, body);
    } catch (ControlFailure failure) {
      return fail(": " + paint(RED, String.valueOf(failure.getMessage())), FAILED);
    }
    succeed(done);
    return SUCCESS;
  }

  private int logs(ControlClient client) throws IOException {
    out().print("[....] requesting logs");
    succeed("");
    EventText text = new EventText();
    client.follow(
        "/v1/events?types=alert,log",
        line -> {
          out().print(text.of(line));
          out().flush();
        });
    return SUCCESS;
  }

  private void succeed(String text) {
    out().print(text + "\r[ " + paint(GREEN, "ok") + " ]\n");
    out().flush();
  }

  private int fail(String text, int status) {
    out().print(text + "\r[" + paint(RED, "FAIL") + "]\n");
    out().flush();
    return status;
  }

  private static String paint(String color, String word) {
    return Terminal.outputHasColors() ? color + word + CLEAR : word;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
