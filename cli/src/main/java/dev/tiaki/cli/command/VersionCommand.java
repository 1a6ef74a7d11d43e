package dev.tiaki.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.cli.startup.Finding;
import dev.tiaki.cli.startup.StartChecks;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tiaki version}: what this is and what it runs on. */
@Command(name = "version", description = "Show the version, the JDK, and what this machine has.")
final class VersionCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin HelpOption help = new HelpOption();

  VersionCommand() {}

  @Override
  public Integer call() throws IOException {
    Map<String, String> facts = facts();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(facts));
    } else {
      facts.forEach((name, value) -> out.println("%-12s %s".formatted(name, value)));
    }
    out.flush();
    return ExitStatus.DONE;
  }

  private static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("tiaki", number());
    facts.put(
        "java",
        System.getProperty("java.vm.name")
            + " "
            + Runtime.version()
            + ", "
            + System.getProperty("java.vendor", "unknown vendor"));
    facts.put(
        "system",
        "%s %s, %s, %d processors"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors()));
    for (Finding finding : StartChecks.ofMachine()) {
      facts.put(finding.name(), finding.sentence());
    }
    return facts;
  }

  /** Returns the version of the program. */
  static String number() {
    try (InputStream in = VersionCommand.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
