package dev.tiaki.cli.command;

import dev.tiaki.cli.conntrack.ConnectionsCommand;
import dev.tiaki.cli.conntrack.ConntrackCommand;
import dev.tiaki.cli.ctl.ConsoleCommand;
import dev.tiaki.cli.ctl.CtlCommand;
import dev.tiaki.cli.ctl.HakactlCommand;
import dev.tiaki.cli.nft.NftCommand;
import java.util.List;

/**
 * A command of {@code tiaki} before it is built.
 *
 * @param name the word that asks for it
 * @param type its class, which picocli reads
 */
record Subcommand(String name, Class<?> type) {
  /** All commands, in the order of the help text. */
  static final List<Subcommand> ALL =
      List.of(
          new Subcommand("replay", ReplayCommand.class),
          new Subcommand("run", RunCommand.class),
          new Subcommand("check", CheckCommand.class),
          new Subcommand("hakapcap", HakapcapCommand.class),
          new Subcommand("haka", HakaCommand.class),
          new Subcommand("connections", ConnectionsCommand.class),
          new Subcommand("conntrack", ConntrackCommand.class),
          new Subcommand("nft", NftCommand.class),
          new Subcommand("ctl", CtlCommand.class),
          new Subcommand("console", ConsoleCommand.class),
          new Subcommand("hakactl", HakactlCommand.class),
          new Subcommand("lua-reference", LuaReferenceCommand.class),
          new Subcommand("version", VersionCommand.class));

  /** Returns the command that the first word names, or all when it names none. */
  static List<Subcommand> wantedBy(String... words) {
    return ALL.stream()
        .filter(subcommand -> words.length > 0 && subcommand.name.equals(words[0]))
        .findFirst()
        .map(List::of)
        .orElse(ALL);
  }
}
