package dev.tiaki.netfilter.nftables.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What nft prints with {@code -j -e}: one document for each listing, then what it was given with
 * the handles that the kernel chose. Without this echo nothing was done: given no JSON through a
 * pipe, nft 1.0.6 does nothing and says nothing, with exit status 0.
 */
final class Echo {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Commands whose handle names another rule, next to which or for which this one comes. */
  private static final Pattern NEIGHBOUR =
      Pattern.compile("/nftables/\\d+/(add|insert|replace)/rule");

  private final List<JsonNode> documents;

  private Echo(List<JsonNode> documents) {
    this.documents = documents;
  }

  /** Reads the output; null when it is not JSON to its end. */
  static @Nullable Echo read(String output) {
    try (MappingIterator<JsonNode> read = JSON.readerFor(JsonNode.class).readValues(output)) {
      return new Echo(read.readAll());
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /** Returns the listings, each as JSON. */
  List<JsonNode> listings() {
    return documents.isEmpty() ? List.of() : documents.subList(0, documents.size() - 1);
  }

  /** Returns the echo, or null when there is none. */
  @Nullable JsonNode echo() {
    return documents.isEmpty() ? null : documents.getLast();
  }

  /** Returns where the echo differs from what was sent but for handles, or null. */
  @Nullable String difference(String sent) throws IOException {
    JsonNode echo = echo();
    return echo == null ? "" : difference(JSON.readTree(sent), echo, "");
  }

  private static @Nullable String difference(JsonNode sent, JsonNode echoed, String at) {
    if (sent.isObject() && echoed.isObject()) {
      return members(sent, echoed, at);
    }
    if (sent.isArray() && echoed.isArray() && sent.size() == echoed.size()) {
      for (int i = 0; i < sent.size(); i++) {
        String found = difference(sent.get(i), echoed.get(i), at + "/" + i);
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    return sent.equals(echoed) ? null : at;
  }

  private static @Nullable String members(JsonNode sent, JsonNode echoed, String at) {
    for (Map.Entry<String, JsonNode> member : sent.properties()) {
      if (member.getKey().equals("handle") && NEIGHBOUR.matcher(at).matches()) {
        continue; // the echo has the handle of the rule itself
      }
      JsonNode other = echoed.get(member.getKey());
      String place = at + "/" + member.getKey();
      String found = other == null ? place : difference(member.getValue(), other, place);
      if (found != null) {
        return found;
      }
    }
    for (Map.Entry<String, JsonNode> member : echoed.properties()) {
      if (!sent.has(member.getKey()) && !member.getKey().equals("handle")) {
        return at + "/" + member.getKey();
      }
    }
    return null;
  }
}
