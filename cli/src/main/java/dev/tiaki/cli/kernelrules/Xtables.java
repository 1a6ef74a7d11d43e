package dev.tiaki.cli.kernelrules;

import dev.tiaki.netfilter.nftables.transport.InstalledPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The tools of one family of iptables, those that work on nftables if there are two kinds. */
final class Xtables {
  private final Commands commands;
  private final String family;
  private final String stem;

  private Xtables(Commands commands, String family, String stem) {
    this.commands = commands;
    this.family = family;
    this.stem = stem;
  }

  /**
   * Returns the tools of a family.
   *
   * @param family ip or ip6
   * @return null when there are none
   */
  static @Nullable Xtables find(Commands commands, String family) {
    for (String kind : new String[] {"tables-nft", "tables"}) {
      if (InstalledPrograms.find(family + kind + "-restore").isPresent()) {
        return new Xtables(commands, family, family + kind);
      }
    }
    return null;
  }

  /** Returns the name of the tool that {@link #find} looks for. */
  static String restoreName(String family) {
    return family + "tables-restore";
  }

  String family() {
    return family;
  }

  /** Tells whether the kernel speaks this family. */
  boolean isFamilyThere() {
    return family.equals("ip") || Files.exists(Path.of("/proc/self/net/if_inet6"));
  }

  /** Changes tables, all lines or none of each. */
  Commands.Result restore(String input) throws IOException {
    return commands.run(input, stem + "-restore", "--noflush", "--wait=5");
  }

  /** Returns all rules. */
  String saved() throws IOException {
    return commands.must("", stem + "-save");
  }
}
