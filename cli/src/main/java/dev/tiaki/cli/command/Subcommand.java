package dev.tiaki.cli.command;

import dev.tiaki.cli.conntrack.ConnectionsCommand;
import dev.tiaki.cli.conntrack.ConntrackCommand;
import dev.tiaki.cli.ctl.ConsoleCommand;
import dev.tiaki.cli.ctl.CtlCommand;
import dev.tiaki.cli.ctl.HakactlCommand;
import dev.tiaki.cli.nft.NftCommand;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * A command of {@code tiaki} before it is built.
 *
 * @param name the word that asks for it
 * @param maker builds it
 */
record Subcommand(String name, Supplier<CommandLine> maker) {
  /** All commands, in the order of the help text. */
  static final List<Subcommand> ALL =
      List.of(
          new Subcommand("replay", () -> new CommandLine(new ReplayCommand().spec)),
          new Subcommand("run", () -> new CommandLine(new RunCommand().spec)),
          new Subcommand("check", () -> new CommandLine(new CheckCommand().spec)),
          annotated("test", TestCommand.class),
          annotated("hakapcap", HakapcapCommand.class),
          annotated("haka", HakaCommand.class),
          annotated("connections", ConnectionsCommand.class),
          annotated("conntrack", ConntrackCommand.class),
          annotated("nft", NftCommand.class),
          annotated("ctl", CtlCommand.class),
          annotated("console", ConsoleCommand.class),
          annotated("hakactl", HakactlCommand.class),
          annotated("lua-reference", LuaReferenceCommand.class),
          annotated("version", VersionCommand.class));

  private static Subcommand annotated(String name, Class<?> type) {
    return new Subcommand(name, () -> new CommandLine(type));
  }

  CommandLine line() {
    return maker.get();
  }

  /** Returns the command that the first word names, or all when it names none. */
  static List<Subcommand> wantedBy(String... words) {
    return ALL.stream()
        .filter(subcommand -> words.length > 0 && subcommand.name.equals(words[0]))
        .findFirst()
        .map(List::of)
        .orElse(ALL);
  }
}
