package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

final class SubcommandTest {
  @Test
  void only_the_command_that_the_first_word_names_is_built() {
    assertThat(Subcommand.wantedBy("replay", "run"))
        .containsExactly(new Subcommand("replay", ReplayCommand.class));
  }

  @Test
  void all_are_built_where_the_first_word_names_none() {
    assertThat(Subcommand.wantedBy()).isEqualTo(Subcommand.ALL);
    assertThat(Subcommand.wantedBy("--help")).isEqualTo(Subcommand.ALL);
    assertThat(Subcommand.wantedBy("replya", "x.pcap")).isEqualTo(Subcommand.ALL);
  }

  @Test
  void each_has_the_name_that_its_class_says() {
    assertThat(Subcommand.ALL)
        .allSatisfy(subcommand ->
            assertThat(subcommand.type().getAnnotation(Command.class).name())
                .isEqualTo(subcommand.name()));
  }
}
