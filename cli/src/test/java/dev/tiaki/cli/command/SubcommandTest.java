package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SubcommandTest {
  @Test
  void only_the_command_that_the_first_word_names_is_built() {
    assertThat(Subcommand.wantedBy("replay", "run"))
        .extracting(Subcommand::name)
        .containsExactly("replay");
  }

  @Test
  void all_are_built_where_the_first_word_names_none() {
    assertThat(Subcommand.wantedBy()).isEqualTo(Subcommand.ALL);
    assertThat(Subcommand.wantedBy("--help")).isEqualTo(Subcommand.ALL);
    assertThat(Subcommand.wantedBy("replya", "x.pcap")).isEqualTo(Subcommand.ALL);
  }

  @Test
  void each_has_the_name_that_it_gives_itself() {
    assertThat(Subcommand.ALL)
        .allSatisfy(subcommand ->
            assertThat(subcommand.line().getCommandName()).isEqualTo(subcommand.name()));
  }
}
