package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiaki.netfilter.nftables.check.DocumentCheck;
import dev.tiaki.netfilter.nftables.check.NftProblem;
import dev.tiaki.netfilter.nftables.check.Pointer;
import dev.tiaki.netfilter.nftables.check.Refusal;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents from JSON. A strict reader takes what a release of nftables would take with the meaning
 * it states, and refuses the rest with the place and the reason: unknown properties, wrong types,
 * and what that release would misread or die of. A lenient one takes listings of any release and
 * keeps what it does not know.
 *
 * <p>Items are read one by one, so that the text is never in memory as a whole. A reader may be
 * used by several threads at a time.
 */
public final class NftReader {
  private static final int BYTE_ORDER_MARK = 0xef;

  private final @Nullable NftVersion version;
  private final ReadLimits limits;
  private final ObjectMapper mapper;
  private final CommandReader items;

  private NftReader(@Nullable NftVersion version, ReadLimits limits) {
    this.version = version;
    this.limits = limits;
    this.items = new CommandReader(version);
    this.mapper =
        new ObjectMapper(factory(limits))
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
  }

  private static JsonFactory factory(ReadLimits limits) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxDocumentLength(limits.documentBytes())
                .maxNestingDepth(limits.depth())
                .maxStringLength(limits.textLength())
                .maxNameLength(256)
                .maxNumberLength(32)
                .build())
        .build();
  }

  /** Returns a reader of what this release takes. */
  public static NftReader strict(NftVersion version) {
    return new NftReader(version, ReadLimits.DEFAULTS);
  }

  /** Returns a reader of listings, whatever release wrote them. */
  public static NftReader lenient() {
    return new NftReader(null, ReadLimits.DEFAULTS);
  }

  /** Returns the same reader with other bounds. */
  public NftReader with(ReadLimits newLimits) {
    return new NftReader(version, newLimits);
  }

  /** Reads a document of UTF-8. */
  public ReadResult read(byte[] json) {
    try {
      return read(new ByteArrayInputStream(json));
    } catch (IOException e) {
      throw new IllegalStateException("memory is read", e);
    }
  }

  /** Reads a document. */
  public ReadResult read(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a document of UTF-8 to its end.
   *
   * @throws IOException when the stream cannot be read
   */
  public ReadResult read(InputStream json) throws IOException {
    PushbackInputStream stream = new PushbackInputStream(json);
    int first = stream.read();
    if (first == 0 || first >= BYTE_ORDER_MARK) {
      return refused(-1, "", "the text is not UTF-8 without a byte order mark");
    }
    if (first >= 0) {
      stream.unread(first);
    }
    List<NftItem> read = new ArrayList<>();
    try (JsonParser parser = mapper.createParser(stream)) {
      return document(parser, read);
    } catch (JsonProcessingException e) {
      return broken(e, read.size());
    } catch (Refusal refusal) {
      return refused(read.size(), refusal.pointer().toString(), refusal.reason());
    }
  }

  private ReadResult document(JsonParser parser, List<NftItem> read) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return refused(-1, "", "a document is an object with the key \"nftables\"");
    }
    boolean isFound = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("nftables")) {
        if (isFound) {
          return refused(-1, "/nftables", "the key is there twice");
        }
        isFound = true;
        if (!parser.isExpectedStartArrayToken()) {
          return refused(-1, "/nftables", "an array is expected");
        }
        array(parser, read);
      } else if (version != null) {
        return refused(-1, "/" + Raw.shown(name), "unknown property \"" + Raw.shown(name) + "\"");
      } else {
        parser.skipChildren();
      }
    }
    if (!isFound) {
      return refused(-1, "", "the key \"nftables\" is missing");
    }
    if (parser.nextToken() != null) {
      return refused(-1, "", "something follows the document; one document is one transaction");
    }
    return checked(new NftDocument(read));
  }

  private void array(JsonParser parser, List<NftItem> read) throws IOException {
    Pointer array = Pointer.ROOT.at("nftables");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode node = mapper.readTree(parser);
      read.add(items.read(node, array.at(read.size())));
    }
  }

  private ReadResult checked(NftDocument document) {
    if (version != null) {
      Optional<NftProblem> problem = DocumentCheck.of(version).check(document);
      if (problem.isPresent()) {
        return new ReadResult.Refused(problem.get());
      }
    }
    return new ReadResult.Read(document);
  }

  private static ReadResult broken(JsonProcessingException broken, int item) {
    String where =
        broken.getLocation() == null
            ? ""
            : " at line %d, column %d"
                .formatted(broken.getLocation().getLineNr(), broken.getLocation().getColumnNr());
    String reason = "no JSON" + where + ": " + Raw.line(broken.getOriginalMessage());
    return refused(item == 0 ? -1 : item, item == 0 ? "" : "/nftables/" + item, reason);
  }

  private static ReadResult refused(int command, String pointer, String reason) {
    return new ReadResult.Refused(new NftProblem(command, pointer, reason));
  }

  /** Returns the bounds. */
  public ReadLimits limits() {
    return limits;
  }
}
