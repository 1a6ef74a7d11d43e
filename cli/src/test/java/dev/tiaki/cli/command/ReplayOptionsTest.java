package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.cli.assembly.RunFeature;
import dev.tiaki.cli.assembly.RunLimits;
import dev.tiaki.cli.assembly.RunSettings;
import dev.tiaki.cli.output.LogLevels;
import dev.tiaki.dissector.ip.FragmentLimits;
import dev.tiaki.dissector.tcp.VerifyChecksums;
import dev.tiaki.dissector.tcpconnection.TcpTimeouts;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.stream.OverlapPolicy;
import dev.tiaki.engine.stream.ReassemblyLimits;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.lua.budget.RuleLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ReplayOptionsTest {
  /** Every option with a value other than its default; {@code --observe} has a test of its own. */
  private static final List<String> EVERYTHING =
      List.of(
          "--rules=a.lua",
          "--rules=b.lua",
          "--midstream=pickup",
          "--on-rule-error=alert",
          "--on-malformed=accept",
          "--verify-checksums=never",
          "--sandbox",
          "--detect=http",
          "--log-level=lua=debug",
          "--debug",
          "--debug-lua",
          "--explain",
          "--output=o.pcap",
          "--alerts=a.txt",
          "--alert-format=oneline",
          "--eve=e.json",
          "--conntrack=t.json",
          "--control-socket=c.sock",
          "--streams=s",
          "--enforce",
          "--workers=3",
          "--continue",
          "--overlap=bsd",
          "--stats=json",
          "--json",
          "--limit-flows=10",
          "--limit-stream-bytes=2K",
          "--limit-stream-holes=3",
          "--limit-stream-segments=4",
          "--limit-stream-distance=5M",
          "--limit-waiting-bytes=19",
          "--limit-retained-bytes=20",
          "--limit-sent-bytes=8K",
          "--limit-sent-bytes-in-all=21",
          "--limit-edits=6",
          "--limit-handshake-seconds=7",
          "--limit-established-seconds=8",
          "--limit-half-closed-seconds=9",
          "--limit-closed-seconds=10",
          "--limit-fragment-datagrams=11",
          "--limit-fragments=12",
          "--limit-fragment-bytes=13",
          "--limit-fragment-seconds=14",
          "--limit-rule-steps=15",
          "--limit-load-steps=16",
          "--limit-rule-bytes=17",
          "--limit-string-bytes=18");

  private static ReplayCommand parse(String... arguments) {
    List<String> all = new ArrayList<>(List.of("replay"));
    all.addAll(List.of(arguments));
    CommandLine.ParseResult parsed = CommandLines.create().parseArgs(all.toArray(String[]::new));
    return (ReplayCommand) parsed.subcommand().commandSpec().userObject();
  }

  @Test
  void defaults() {
    ReplayCommand command = parse("in.pcap");
    assertThat(command.settings())
        .isEqualTo(
            new RunSettings(
                List.of(),
                EngineMode.OBSERVE,
                OnRuleError.DROP,
                false,
                OverlapPolicy.FIRST,
                VerifyChecksums.AUTO,
                false,
                false,
                1,
                RunLimits.DEFAULTS,
                LogLevels.DEFAULT));
    assertThat(command.stats).isEqualTo(StatsLayout.TEXT);
    assertThat(command.outputs.alertFormat).isEqualTo(OutputOptions.AlertFormat.PRETTY);
  }

  @Test
  void every_option_arrives() {
    List<String> arguments = new ArrayList<>(EVERYTHING);
    arguments.add("in.pcap");
    ReplayCommand command = parse(arguments.toArray(String[]::new));
    FragmentLimits fragments = new FragmentLimits(11, 12, 13, Duration.ofSeconds(14));
    assertThat(command.settings())
        .isEqualTo(
            new RunSettings(
                List.of(Path.of("a.lua"), Path.of("b.lua")),
                EngineMode.ENFORCE,
                OnRuleError.ALERT,
                true,
                OverlapPolicy.BSD,
                VerifyChecksums.NEVER,
                true,
                true,
                3,
                new RunLimits(
                    10,
                    new ReassemblyLimits(2048, 3, 4, 5 << 20),
                    19,
                    20,
                    8192,
                    21,
                    6,
                    new TcpTimeouts(
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(10)),
                    fragments,
                    fragments,
                    new RuleLimits(15, 16, 17, 18)),
                LogLevels.parse("lua=debug"),
                Set.of(RunFeature.values())));
    assertThat(command.rules.log.debug).isTrue();
    assertThat(command.json).isTrue();
    assertThat(command.stats).isEqualTo(StatsLayout.JSON);
    assertThat(command.outputs.packets).isEqualTo(Path.of("o.pcap"));
    assertThat(command.outputs.alerts).isEqualTo(Path.of("a.txt"));
    assertThat(command.outputs.alertFormat).isEqualTo(OutputOptions.AlertFormat.ONELINE);
    assertThat(command.outputs.eve).isEqualTo(Path.of("e.json"));
    assertThat(command.connections).isEqualTo(Path.of("t.json"));
    assertThat(command.control).isEqualTo(Path.of("c.sock"));
    assertThat(command.outputs.streams).isEqualTo(Path.of("s"));
  }

  @Test
  void no_option_is_left_out_of_the_test_above() {
    Set<String> told = new TreeSet<>(Set.of("--help", "--observe", "--reader", "--filter"));
    EVERYTHING.forEach(option -> told.add(option.replaceFirst("=.*", "")));
    Map<String, CommandLine> commands = CommandLines.create().getSubcommands();
    Set<String> known = new TreeSet<>();
    for (OptionSpec option : commands.get("replay").getCommandSpec().options()) {
      known.add(option.longestName());
    }
    assertThat(told).isEqualTo(known);
  }

  @Test
  void writing_packets_means_enforcing() {
    assertThat(parse("-o", "x.pcap", "in").settings().mode()).isEqualTo(EngineMode.ENFORCE);
    assertThat(parse("--observe", "in").settings().mode()).isEqualTo(EngineMode.OBSERVE);
    assertThatThrownBy(() -> parse("--observe", "-o", "x.pcap", "in").settings())
        .hasMessageContaining("use --enforce");
  }

  @Test
  void auto_means_as_many_workers_as_cores() {
    assertThat(parse("--workers", "auto", "in").settings().workers())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void what_makes_no_sense_is_refused_with_its_option() {
    assertThatThrownBy(() -> parse("--workers", "0", "in").settings())
        .hasMessageContaining("--workers: '0'");
    assertThatThrownBy(() -> parse("--limit-fragments", "1", "in").settings())
        .hasMessageContaining("--limit-fragments: at least 2");
    assertThatThrownBy(() -> parse("--limit-sent-bytes", "3", "in").settings())
        .hasMessageContaining("--limit-sent-bytes: must be a power of two");
    assertThatThrownBy(() -> parse("--limit-flows", "4G", "in").settings())
        .hasMessageContaining("--limit-flows: at most");
    assertThatThrownBy(() -> parse("--limit-flows", "many", "in"))
        .hasMessageContaining("'many' is no number");
    assertThatThrownBy(() -> parse("--overlap", "mac", "in"))
        .hasMessageContaining("first, last, bsd, linux, windows");
    assertThatThrownBy(() -> parse("--reader", "slow", "in").call())
        .hasMessage("--reader: 'slow' is neither mapped nor libpcap");
    assertThatThrownBy(() -> parse("--filter", "tcp prt 80", "in").call())
        .hasMessageStartingWith("--filter: filter 'tcp prt 80' for ETHERNET frames: ");
    assertThatThrownBy(() -> parse()).hasMessageContaining("CAPTURE");
  }
}
