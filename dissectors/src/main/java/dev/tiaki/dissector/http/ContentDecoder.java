package dev.tiaki.dissector.http;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one body that is compressed by {@code gzip} (RFC 1952) or {@code deflate} (RFC 1950, and
 * the bare RFC 1951 that some servers send), piece by piece, up to a bound.
 */
public final class ContentDecoder implements AutoCloseable {
  /** What decoding a piece has come to. */
  public enum Result {
    /** The piece was decoded. */
    DECODED,
    /** The data is broken; nothing more can be decoded. */
    BROKEN,
    /** The bound is reached; nothing more is decoded. */
    TOO_MUCH
  }

  /** Takes decoded bytes. */
  @FunctionalInterface
  public interface Sink {
    /** Takes the first {@code length} bytes of {@code bytes}, which are used again afterwards. */
    void decoded(byte[] bytes, int length);
  }

  private static final int BUFFER_BYTES = 8192;
  private static final long ALWAYS_ALLOWED_BYTES = 1 << 20;
  private static final int ZLIB_METHOD = 8;

  private final HttpSettings settings;
  private final @Nullable GzipHeader header;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private @Nullable Inflater inflater;
  private long encoded;
  private long decoded;
  private boolean ended;

  private ContentDecoder(HttpSettings settings, boolean gzip) {
    this.settings = settings;
    this.header = gzip ? new GzipHeader() : null;
  }

  /** Returns what decodes a body of this {@code Content-Encoding}, or null when nothing does. */
  public static @Nullable ContentDecoder of(String contentEncoding, HttpSettings settings) {
    return switch (contentEncoding.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "gzip", "x-gzip" -> new ContentDecoder(settings, true);
      case "deflate" -> new ContentDecoder(settings, false);
      default -> null;
    };
  }

  /** Decodes the next piece of the body. */
  public Result decode(byte[] piece, Sink sink) {
    encoded += piece.length;
    int from = 0;
    GzipHeader first = header;
    if (first != null && !first.isComplete()) {
      from = first.skip(piece);
      if (first.isBroken()) {
        return Result.BROKEN;
      }
    }
    if (from == piece.length || ended) {
      return Result.DECODED;
    }
    Inflater open = inflater(piece[from]);
    open.setInput(piece, from, piece.length - from);
    try {
      return inflate(open, sink);
    } catch (DataFormatException e) {
      return Result.BROKEN;
    }
  }

  private Inflater inflater(byte firstByte) {
    Inflater open = inflater;
    if (open == null) {
      open = new Inflater(header != null || (firstByte & 0x0f) != ZLIB_METHOD);
      inflater = open;
    }
    return open;
  }

  private Result inflate(Inflater open, Sink sink) throws DataFormatException {
    while (!open.finished() && !open.needsInput() && !open.needsDictionary()) {
      int count = open.inflate(buffer);
      decoded += count;
      if (isTooMuch()) {
        return Result.TOO_MUCH;
      }
      if (count > 0) {
        sink.decoded(buffer, count);
      } else if (open.needsInput()) {
        break;
      }
    }
    ended = open.finished();
    return open.needsDictionary() ? Result.BROKEN : Result.DECODED;
  }

  private boolean isTooMuch() {
    return decoded > settings.maxDecodedBytes()
        || (decoded > ALWAYS_ALLOWED_BYTES && decoded / settings.maxDecodedRatio() > encoded);
  }

  @Override
  public void close() {
    Inflater open = inflater;
    if (open != null) {
      open.end();
      inflater = null;
    }
    ended = true;
  }
}
