package dev.tiaki.netfilter.nftables.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.Statement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Documents as JSON, in the order of properties that nftables has. What nftables takes as a default
 * is left out, except where its own listings state it. A writer may be used by several threads.
 */
public final class NftWriter {
  /** A writer that writes flags as arrays, which every release reads. */
  public static final NftWriter DEFAULT = new NftWriter(FlagShape.ARRAY);

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final FlagShape flagShape;

  private NftWriter(FlagShape flagShape) {
    this.flagShape = flagShape;
  }

  /** Returns a writer that writes single flags like this. */
  public static NftWriter of(FlagShape flagShape) {
    return new NftWriter(flagShape);
  }

  /**
   * Writes a document in UTF-8 and flushes the stream, but leaves it open.
   *
   * @throws IOException when the stream cannot be written
   */
  public void write(NftDocument document, OutputStream stream) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(stream)) {
      ItemWriter items = new ItemWriter(new JsonOutput(json, flagShape));
      json.writeStartObject();
      json.writeArrayFieldStart("nftables");
      for (NftItem item : document.items()) {
        items.write(item);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** Returns a document in UTF-8. */
  public byte[] toBytes(NftDocument document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(document, bytes);
    } catch (IOException e) {
      throw new IllegalStateException("memory is written", e);
    }
    return bytes.toByteArray();
  }

  /** Returns a document as text. */
  public String toText(NftDocument document) {
    return new String(toBytes(document), StandardCharsets.UTF_8);
  }

  /** Returns one item of a document as text. */
  public String toText(NftItem item) {
    return text(items -> items.write(item));
  }

  /** Returns a statement as text. */
  public String toText(Statement statement) {
    return text(items -> items.statements().write(statement));
  }

  /** Returns an expression as text. */
  public String toText(Expression expression) {
    return text(items -> items.statements().expressions().write(expression));
  }

  private interface Part {
    void write(ItemWriter items) throws IOException;
  }

  private String text(Part part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      part.write(new ItemWriter(new JsonOutput(json, flagShape)));
    } catch (IOException e) {
      throw new IllegalStateException("memory is written", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
