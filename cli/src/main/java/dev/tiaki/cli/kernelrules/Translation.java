package dev.tiaki.cli.kernelrules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.cli.live.Hook;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for rules that translate addresses. Before routing, the two directions of a translated
 * connection carry addresses that do not belong together: the one has those before, the other those
 * behind the translation. Nothing that is decided about such a connection would be right.
 */
final class Translation {
  private static final Set<String> STATEMENTS = Set.of("snat", "dnat", "masquerade", "redirect");

  private Translation() {}

  /**
   * Refuses the hook if it does not go together with the rules of this machine.
   *
   * @throws IOException when it does not; the message says which table translates, and what to do
   */
  static void refuse(Hook hook, Commands commands) throws IOException {
    String table = hook == Hook.PREROUTING ? translating(commands) : null;
    if (table != null) {
      throw new IOException(
          "--hook prerouting sees addresses before they are translated, and the table %s translates"
                  .formatted(table)
              + " some; use --hook forward, which sees both directions behind it");
    }
  }

  private static @Nullable String translating(Commands commands) throws IOException {
    Set<String> tables = new LinkedHashSet<>();
    for (JsonNode item : list(commands, "nft", "-j", "list", "chains")) {
      JsonNode chain = item.path("chain");
      if (chain.path("type").asText().equals("nat")) {
        tables.add(chain.path("family").asText() + " " + chain.path("table").asText());
      }
    }
    for (String table : tables) {
      String[] words = table.split(" ", -1);
      if (translates(list(commands, "nft", "-j", "list", "table", words[0], words[1]))) {
        return table;
      }
    }
    return null;
  }

  private static boolean translates(JsonNode listing) {
    for (JsonNode item : listing) {
      for (JsonNode statement : item.path("rule").path("expr")) {
        boolean target = statement.path("xt").path("type").asText().equals("target");
        if (target || STATEMENTS.stream().anyMatch(statement::has)) {
          return true;
        }
      }
    }
    return false;
  }

  private static JsonNode list(Commands commands, String... words) throws IOException {
    return NftListing.items(commands.must("", words));
  }
}
