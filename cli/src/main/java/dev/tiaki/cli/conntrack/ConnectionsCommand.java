package dev.tiaki.cli.conntrack;

import dev.tiaki.cli.option.HelpOption;
import dev.tiaki.netfilter.connections.Answer;
import dev.tiaki.netfilter.connections.ConnectionsApi;
import dev.tiaki.netfilter.connections.ConnectionsSettings;
import dev.tiaki.netfilter.connections.FirewallZone;
import dev.tiaki.netfilter.connections.FirewallZones;
import dev.tiaki.netfilter.conntrack.Conntrack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tiaki connections}: one JSON object on standard input, one on standard output. */
@Command(
    name = "connections",
    description = "Read and delete the kernel's connections: JSON in, JSON out.",
    footer = {
      "",
      "read:   {\"action\":\"protocols\"}",
      "        {\"action\":\"conntrack\",\"protocol\":\"tcp\",\"state\":\"ESTABLISHED\",\"expand\":0}",
      "          more: \"limit\":N (heaviest first), \"ids\":1 (rows get entry_id)",
      "        {\"action\":\"stats\",\"time\":900}",
      "delete: {\"action\":\"flush\"}",
      "        {\"action\":\"connection\",\"protocol\":\"tcp\",\"src\":\"192.0.2.1\",",
      "         \"dst\":\"192.0.2.2\",\"sport\":40000,\"dport\":80}",
      "        {\"action\":\"connection\",\"entry_id\":\"1234\"}"
    })
public final class ConnectionsCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // set by picocli before the command runs
  @Spec
  CommandSpec spec;

  @Mixin HelpOption help = new HelpOption();

  /** Makes the command, for picocli. */
  public ConnectionsCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "read or delete?");
  }

  @Command(name = "read", description = "List protocols or connections.")
  int read(@Mixin ApiOptions options, @Mixin HelpOption flag) throws IOException {
    return answer(options, ConnectionsApi::read);
  }

  @Command(name = "delete", description = "Delete one connection or all.")
  int delete(@Mixin ApiOptions options, @Mixin HelpOption flag) throws IOException {
    return answer(options, ConnectionsApi::delete);
  }

  private interface Side {
    Answer answer(ConnectionsApi api, String input);
  }

  private int answer(ApiOptions options, Side side) throws IOException {
    String input = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    PrintWriter errors = spec.commandLine().getErr();
    ConnectionsSettings settings = settings(options);
    Consumer<Exception> failures =
        failure -> errors.println("tiaki connections: " + failure.getMessage());
    Answer answer;
    boolean complete = true;
    try (Conntrack table = options.table.open()) {
      for (String unreadable : options.table.fill(table)) {
        failures.accept(new IOException(unreadable));
        complete = false;
      }
      ConnectionsApi api =
          new ConnectionsApi(table, settings, () -> TableOption.now(table), failures);
      answer = answer(options, side, api, input);
    } catch (IOException e) {
      failures.accept(e);
      answer = ConnectionsApi.unavailable();
    }
    errors.flush();
    PrintWriter out = spec.commandLine().getOut();
    out.println(answer.json());
    out.flush();
    return complete ? answer.exitStatus() : Math.max(1, answer.exitStatus());
  }

  private static Answer answer(ApiOptions options, Side side, ConnectionsApi api, String input)
      throws IOException {
    Path history = options.history;
    if (history == null) {
      return side.answer(api, input);
    }
    SampleFile file = new SampleFile(history);
    api.restore(file.read());
    Answer answer = side.answer(api, input);
    api.sample();
    file.write(api.samples());
    return answer;
  }

  private ConnectionsSettings settings(ApiOptions options) {
    try {
      return options.settings();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** What both sides know. */
  static final class ApiOptions {
    @Mixin TableOption table = new TableOption();

    @Option(
        names = "--zone",
        paramLabel = "NAME=NETWORK[,NETWORK]",
        description = "A firewall zone for 'expand'; the first that contains an address is its.")
    private List<String> zones = new ArrayList<>();

    @Option(
        names = "--zone-fallback",
        paramLabel = "NAME",
        defaultValue = FirewallZones.NET,
        description = "The zone of all other addresses; default: ${DEFAULT-VALUE}.")
    private String fallback = FirewallZones.NET;

    @Option(
        names = "--history",
        paramLabel = "FILE",
        description = {
          "Remember there how many connections there are, for 'stats': each call adds a sample,",
          "a timer's makes a curve. Without it 'stats' knows the present alone."
        })
    private @Nullable Path history;

    @Option(
        names = "--corrected-protocols",
        description = "List SCTP's states under sctp instead of udp.")
    private boolean corrected;

    @Option(
        names = "--plain-errors",
        description = "Answer bad fields with GenericError instead of NotValid.")
    private boolean plain;

    ApiOptions() {}

    ConnectionsSettings settings() {
      List<FirewallZone> parsed = zones.stream().map(FirewallZone::parse).toList();
      return ConnectionsSettings.DEFAULTS
          .withZones(new FirewallZones(parsed, fallback))
          .withCorrectedProtocols(corrected)
          .withDetailedErrors(!plain);
    }
  }
}
