package dev.tiaki.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureInputTest {
  private static final byte[] PCAP =
      FileBytes.pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 1).record(0, 0, "abc").bytes();

  @TempDir private Path folder;

  private Path file(String name, byte[] bytes) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return Files.write(path, bytes);
  }

  private String complaint(String name, byte[] bytes) throws IOException {
    Path file = file(name, bytes);
    assertThat(ReadFrames.of(file)).hasSize(1);
    return ReadFrames.of(file).getFirst().substring(folder.toString().length() + 1);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  @Test
  void a_gzipped_capture_is_known_by_its_content_not_its_name() throws Exception {
    assertThat(ReadFrames.of(file("a.pcap", gzip(PCAP)))).containsExactly("1 ETHERNET 0 \"abc\"");
  }

  @Test
  void a_stream_may_be_gzipped() throws Exception {
    assertThat(ReadFrames.of(gzip(PCAP))).containsExactly("1 ETHERNET 0 \"abc\"");
  }

  @Test
  void a_cut_gzip_file_gives_the_packets_before_the_cut() throws Exception {
    byte[] random = new byte[5000];
    new Random(1).nextBytes(random);
    String noise = new String(random, StandardCharsets.ISO_8859_1);
    FileBytes plain = FileBytes.pcap(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 1);
    byte[] packed = gzip(plain.record(0, 0, "abc").record(0, 0, noise).bytes());
    assertThat(ReadFrames.of(file("a.gz", Arrays.copyOf(packed, packed.length - 50))))
        .hasSize(2)
        .last()
        .asString()
        .contains("broken at byte 43: decompressing failed (Unexpected end of ZLIB input stream)");
  }

  @Test
  void files_that_are_no_captures_get_one_sentence_each() throws Exception {
    assertThat(complaint("notes.txt", "dear reader\n".getBytes()))
        .isEqualTo(
            "notes.txt: not a capture but a text file; give a pcap or pcapng file, plain or gzipped");
    assertThat(complaint("x.pcap", new byte[0]))
        .isEqualTo("x.pcap: the file is empty; it should be a capture");
    assertThat(complaint("x.pcap", "a".getBytes())).contains("not a capture but a text file");
    assertThat(complaint("x.bin", new byte[100])).contains("not a capture but a file of another");
    assertThat(complaint("x.zst", HexFormat.of().parseHex("28b52ffd0000")))
        .isEqualTo("x.zst: not a capture but compressed with zstd; decompress it first: zstd -d");
    assertThat(complaint("x.gz", gzip("text".getBytes())))
        .contains("not a capture but a text file");
    assertThat(complaint("y.gz", gzip(new byte[0]))).contains("the file is empty");
    assertThat(complaint("z.gz", new byte[] {0x1f, (byte) 0x8b, 8}))
        .contains("broken at byte 0: the gzip header cannot be read");
  }

  @Test
  void a_missing_file_is_named() {
    assertThat(ReadFrames.of(folder.resolve("none.pcap")))
        .containsExactly(folder.resolve("none.pcap") + ": no such file");
  }

  @Test
  void a_folder_stands_for_the_captures_below_it_in_order() throws Exception {
    file("b/2.cap", PCAP);
    file("b/1.pcap.gz", gzip(PCAP));
    file("a.pcap", PCAP);
    file("readme.txt", "text".getBytes());
    file("b/short", new byte[2]);
    file("b/broken.gz", new byte[] {0x1f, (byte) 0x8b, 8});
    assertThat(CaptureInput.of(folder.toString()))
        .extracting(input -> folder.relativize(Path.of(input.name())).toString())
        .containsExactly("a.pcap", "b/1.pcap.gz", "b/2.cap");
  }

  @Test
  void a_folder_without_captures_is_an_error() {
    assertThatThrownBy(() -> CaptureInput.of(folder.toString()))
        .hasMessage(folder + ": the folder has no captures (pcap or pcapng, plain or gzip)");
  }

  @Test
  void any_other_name_stands_for_itself() throws Exception {
    assertThat(CaptureInput.of("-")).containsExactly(new CaptureInput("-"));
    assertThat(CaptureInput.of("no/such")).containsExactly(new CaptureInput("no/such"));
  }
}
