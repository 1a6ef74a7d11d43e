package dev.tiaki.cli.kernelrules;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables and chains that iptables makes for a rule of ours and would leave behind: iptables-nft
 * keeps each table as one of nftables, made when it is first written to.
 */
final class XtablesBorrowed {
  private final Commands commands;

  XtablesBorrowed(Commands commands) {
    this.commands = commands;
  }

  /** Returns what there is of {@code table} now. */
  TableBefore look(String family, String table) throws IOException {
    String tables = commands.must("", "nft", "list", "tables", family);
    boolean exists = tables.lines().anyMatch("table %s %s".formatted(family, table)::equals);
    return new TableBefore(family, table, exists, exists ? chains(family, table) : List.of());
  }

  private List<String> chains(String family, String table) throws IOException {
    List<String> names = new ArrayList<>();
    String listing = commands.must("", "nft", "-j", "list", "chains", family);
    for (JsonNode item : NftListing.items(listing)) {
      JsonNode chain = item.path("chain");
      if (chain.path("table").asText().equals(table)) {
        names.add(chain.path("name").asText());
      }
    }
    return names;
  }

  /** Removes what was not there before, unless somebody else has put rules into it since. */
  void giveBack(TableBefore before) throws IOException {
    TableBefore now = look(before.family(), before.table());
    if (!now.existed()) {
      return;
    }
    Set<String> used = chainsWithRules(before);
    StringBuilder script = new StringBuilder();
    if (!before.existed() && used.isEmpty()) {
      script.append("delete table %s %s\n".formatted(before.family(), before.table()));
    } else {
      for (String chain : now.chains()) {
        if (!before.chains().contains(chain) && !used.contains(chain)) {
          script.append(
              "delete chain %s %s %s\n".formatted(before.family(), before.table(), chain));
        }
      }
    }
    if (!script.isEmpty()) {
      commands.must(script.toString(), "nft", "-f", "-");
    }
  }

  private Set<String> chainsWithRules(TableBefore table) throws IOException {
    String listing = commands.must("", "nft", "-j", "list", "table", table.family(), table.table());
    Set<String> used = new HashSet<>();
    for (JsonNode item : NftListing.items(listing)) {
      if (item.has("rule")) {
        used.add(item.path("rule").path("chain").asText());
      }
    }
    return used;
  }
}
