package dev.tiaki.cli.kernelrules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.cli.live.QueueRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a start writes into its table for the next one: which queues it serves, and which tables and
 * chains of iptables were there before it.
 *
 * @param queues the queues
 * @param before what was there in the tables of iptables that we use
 */
record Notes(QueueRange queues, List<TableBefore> before) {
  private static final String QUEUES = "queues ";

  /** Returns the words that stand in the table. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(QUEUES + queues);
    before.forEach(table -> words.add(table.words()));
    return words;
  }

  /**
   * Reads what stands in our table.
   *
   * @param listing what {@code nft -j list table} printed about it
   * @return null when the table is not one of ours
   * @throws IOException when it is no JSON
   */
  static @Nullable Notes of(String listing) throws IOException {
    QueueRange queues = null;
    List<TableBefore> before = new ArrayList<>();
    for (JsonNode item : NftListing.items(listing)) {
      JsonNode rule = item.path("rule");
      if (!rule.path("chain").asText().equals(MarkTable.NOTES)) {
        continue;
      }
      String words = rule.path("comment").asText();
      if (words.startsWith(QUEUES)) {
        queues = QueueRange.of(words.substring(QUEUES.length()));
      } else {
        before.add(TableBefore.of(words));
      }
    }
    return queues == null ? null : new Notes(queues, before);
  }
}
