package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.cli.output.LogLevels;
import dev.tiaki.engine.log.LogLevel;
import java.util.List;
import org.junit.jupiter.api.Test;

class HakapcapOptionsTest {
  private static HakapcapOptions parse(String line) throws Exception {
    return HakapcapOptions.parse(List.of(line.split(" ")));
  }

  @Test
  void by_default_packets_may_not_be_changed() throws Exception {
    HakapcapOptions options = parse("rules.lua in.pcap");
    assertThat(options.passThrough).isTrue();
    assertThat(options.output).isNull();
    assertThat(options.alertTo).isNull();
    assertThat(options.levels).isEqualTo(LogLevels.DEFAULT);
    assertThat(options.arguments).containsExactly("rules.lua", "in.pcap");
  }

  @Test
  void of_both_pass_through_options_the_last_wins() throws Exception {
    assertThat(parse("--no-pass-through r i").passThrough).isFalse();
    assertThat(parse("--no-pass-through --pass-through r i").passThrough).isTrue();
    assertThat(parse("--pass-through --no-pass-through r i").passThrough).isFalse();
  }

  @Test
  void options_may_follow_arguments_be_bundled_and_shortened() throws Exception {
    HakapcapOptions options = parse("r -do out.pcap i -lwarn --alert=a.txt --no-pass");
    assertThat(options.arguments).containsExactly("r", "i");
    assertThat(options.output).isEqualTo("out.pcap");
    assertThat(options.alertTo).isEqualTo("a.txt");
    assertThat(options.passThrough).isFalse();
    assertThat(options.levels)
        .isEqualTo(LogLevels.all(LogLevel.DEBUG).and(LogLevels.all(LogLevel.WARN)));
  }

  @Test
  void after_two_hyphens_everything_is_an_argument() throws Exception {
    assertThat(parse("-- -d --help").arguments).containsExactly("-d", "--help");
  }

  @Test
  void what_haka_does_not_know_is_refused() {
    assertThatThrownBy(() -> parse("-x r i")).hasMessage("invalid option -- 'x'");
    assertThatThrownBy(() -> parse("--nonsense r i"))
        .hasMessage("unrecognized option '--nonsense'");
    assertThatThrownBy(() -> parse("--debug=1 r i"))
        .hasMessage("option '--debug' doesn't allow an argument");
    assertThatThrownBy(() -> parse("r i -o")).hasMessage("option requires an argument -- 'o'");
    assertThatThrownBy(() -> parse("-l loud r i")).hasMessage("invalid logging level: loud");
  }
}
