package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Compressed bodies, decoded piece by piece. */
class ContentDecoderTest {
  private static final byte[] TEXT = "to be read by a rule, ".repeat(500).getBytes(ISO_8859_1);

  private interface Encoding {
    OutputStream over(OutputStream out) throws IOException;
  }

  private static byte[] encode(byte[] text, Encoding encoding) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = encoding.over(bytes)) {
      out.write(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] text) {
    return encode(text, GZIPOutputStream::new);
  }

  private static ContentDecoder decoder(String name, HttpSettings settings) {
    return Objects.requireNonNull(ContentDecoder.of(name, settings));
  }

  private static byte[] decode(String name, byte[] encoded, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ContentDecoder decoder = decoder(name, HttpSettings.DEFAULTS)) {
      int at = 0;
      while (at < encoded.length) {
        int end = Math.min(encoded.length, at + 1 + random.nextInt(40));
        byte[] piece = Arrays.copyOfRange(encoded, at, end);
        assertThat(decoder.decode(piece, (bytes, length) -> out.write(bytes, 0, length)))
            .isEqualTo(ContentDecoder.Result.DECODED);
        at = end;
      }
    }
    return out.toByteArray();
  }

  @Test
  void gzip_and_both_kinds_of_deflate_however_they_are_cut() {
    Random random = new Random(3);
    Encoding bare = out -> new DeflaterOutputStream(out, new Deflater(6, true));
    for (int round = 0; round < 50; round++) {
      assertThat(decode("GZip", gzip(TEXT), random)).isEqualTo(TEXT);
      assertThat(decode("deflate", encode(TEXT, DeflaterOutputStream::new), random))
          .isEqualTo(TEXT);
      assertThat(decode("deflate", encode(TEXT, bare), random)).isEqualTo(TEXT);
    }
  }

  @Test
  void a_gzip_header_with_everything() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] plain = gzip(TEXT);
    bytes.write(new byte[] {0x1f, (byte) 0x8b, 8, 0x02 | 0x04 | 0x08 | 0x10, 0, 0, 0, 0, 0, 3});
    bytes.write(new byte[] {3, 0, 'a', 'b', 'c'});
    bytes.write("name\0comment\0".getBytes(ISO_8859_1));
    bytes.write(new byte[] {1, 2});
    bytes.write(plain, 10, plain.length - 10);
    assertThat(decode("gzip", bytes.toByteArray(), new Random(4))).isEqualTo(TEXT);
  }

  @Test
  void a_bomb_stops_at_the_bound() {
    byte[] bomb = gzip(new byte[64 << 20]);
    HttpSettings settings = new HttpSettings(1, 1, 1, 1 << 30, 100);
    long[] total = {0};
    try (ContentDecoder decoder = decoder("gzip", settings)) {
      assertThat(decoder.decode(bomb, (bytes, length) -> total[0] += length))
          .isEqualTo(ContentDecoder.Result.TOO_MUCH);
    }
    assertThat(total[0]).isLessThan(bomb.length * 101L);
  }

  @Test
  void broken_data_and_unknown_encodings() {
    try (ContentDecoder decoder = decoder("gzip", HttpSettings.DEFAULTS)) {
      assertThat(decoder.decode("no gzip".getBytes(ISO_8859_1), (bytes, length) -> {}))
          .isEqualTo(ContentDecoder.Result.BROKEN);
    }
    assertThat(ContentDecoder.of("br", HttpSettings.DEFAULTS)).isNull();
  }
}
