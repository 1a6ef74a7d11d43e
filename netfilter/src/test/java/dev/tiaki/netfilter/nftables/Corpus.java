package dev.tiaki.netfilter.nftables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.traffic.shared.SharedMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The rules and rulesets that were tried with nftables 1.0.6, with what it said. */
final class Corpus {
  static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One document and its verdict.
   *
   * @param id where it is from
   * @param document the whole document
   * @param isAccepted whether nftables and the kernel took it
   * @param isMisread whether nftables took it for something else
   * @param reason why not, or empty
   */
  record Case(String id, JsonNode document, boolean isAccepted, boolean isMisread, String reason) {}

  private Corpus() {}

  private static List<JsonNode> files(String folder) {
    Path path = SharedMaterial.orSkip("nft-corpus/train/" + folder);
    try (Stream<Path> files = Files.list(path)) {
      List<JsonNode> read = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        JsonNode node = JSON.readTree(Files.readAllBytes(file));
        ((ObjectNode) node).put("file", file.getFileName().toString());
        read.add(node);
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every rule in every chain it was tried in, behind its table and chain. */
  static List<Case> rules() {
    List<Case> cases = new ArrayList<>();
    for (JsonNode file : files("rules")) {
      for (JsonNode rule : file.path("cases")) {
        for (JsonNode context : rule.path("contexts")) {
          cases.add(
              new Case(
                  rule.path("id").asText() + " in " + context.path("family").asText(),
                  document(rule.path("expr"), context, file.path("chains")),
                  context.path("accepted").asBoolean(),
                  rule.has("meaning_lost"),
                  context.path("error").asText()));
        }
      }
    }
    return cases;
  }

  static List<Case> rulesets() {
    return files("rulesets").stream()
        .map(file ->
            new Case(
                file.path("file").asText(),
                file.path("doc"),
                file.path("accepted").asBoolean(),
                false,
                file.path("rc").asInt() < 0 ? "crash" : file.path("error").asText()))
        .toList();
  }

  private static JsonNode document(JsonNode expr, JsonNode context, JsonNode chains) {
    ObjectNode document = JSON.createObjectNode();
    ArrayNode items = document.putArray("nftables");
    String family = context.path("family").asText();
    String table = context.path("table").asText();
    items.addObject().putObject("add").putObject("table").put("family", family).put("name", table);
    ObjectNode chain = items.addObject().putObject("add").putObject("chain");
    chain.put("family", family).put("table", table).put("name", context.path("chain").asText());
    for (JsonNode known : chains) {
      if (known.path("name").equals(context.path("chain"))) {
        base(chain, known.path("config").asText().split(" "));
      }
    }
    ObjectNode rule = items.addObject().putObject("add").putObject("rule");
    rule.put("family", family).put("table", table);
    rule.put("chain", context.path("chain").asText()).set("expr", expr);
    return document;
  }

  /** {@code type T hook H [device D] priority P}. */
  private static void base(ObjectNode chain, String[] words) {
    for (int i = 0; i + 1 < words.length; i += 2) {
      String value = words[i + 1].replace(";", "");
      switch (words[i]) {
        case "type", "hook" -> chain.put(words[i], value);
        case "device" -> chain.put("dev", value);
        case "priority" -> chain.put("prio", value.matches("-?\\d+") ? Integer.parseInt(value) : 0);
        default -> throw new IllegalArgumentException(String.join(" ", words));
      }
    }
  }
}
