package dev.tiaki.cli.kernelrules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * Reads what {@code nft -j list} prints. Only where there is something to read: Jackson's mapper
 * takes a tenth of a second of a JVM that has just begun.
 */
final class NftListing {
  private static final ObjectMapper JSON = new ObjectMapper();

  private NftListing() {}

  /**
   * Returns the objects that are listed.
   *
   * @throws IOException when it is no JSON
   */
  static JsonNode items(String listing) throws IOException {
    return JSON.readTree(listing).path("nftables");
  }
}
