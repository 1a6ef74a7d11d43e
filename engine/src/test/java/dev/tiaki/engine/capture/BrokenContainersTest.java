package dev.tiaki.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with random octets changed, inserted or cut: every reading ends, and well. */
class BrokenContainersTest {
  private static final long SEED = 20_261_121;

  private static byte[] pcap() {
    FileBytes file = FileBytes.pcap(ByteOrder.BIG_ENDIAN, 0xa1b2c3d4, 1);
    return file.record(1, 2, "abc").record(3, 4, "").record(5, 6, "defgh").bytes();
  }

  private static byte[] pcapng() {
    byte[] options = {9, 0, 1, 0, 9, 0, 0, 0, 14, 0, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0};
    FileBytes file = FileBytes.pcapng(ByteOrder.LITTLE_ENDIAN).description(1, 0, options);
    file.enhanced(0, 1, "abc").oldPacket(0, 2, "de").simple("f", 1).block(4, new byte[8]);
    return file.raw(file.bytes()).enhanced(0, 1, "abc").bytes();
  }

  private static byte[] damage(byte[] whole, Random random) {
    byte[] file = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = 4 + random.nextInt(file.length - 4); // the magic number stays
      boolean extreme = random.nextBoolean();
      file[at] = (byte) (extreme ? -random.nextInt(2) : random.nextInt());
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(file, 4 + random.nextInt(file.length - 4)) : file;
  }

  @Test
  void damaged_files_give_packets_and_at_most_one_error() {
    Random random = new Random(SEED);
    for (int i = 0; i < 10_000; i++) {
      byte[] file = damage(i % 2 == 0 ? pcap() : pcapng(), random);
      assertEndsWell(file, i);
    }
  }

  private static void assertEndsWell(byte[] file, int round) {
    String what = "seed " + SEED + " round " + round + " " + HexFormat.of().formatHex(file);
    try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file), "damaged")) {
      var packet = ReadFrames.packet();
      while (reader.next(packet)) {
        assertThat(packet.length()).as(what).isLessThanOrEqualTo(file.length);
        assertThat(packet.originalLength()).as(what).isGreaterThanOrEqualTo(packet.length());
      }
    } catch (CaptureFormatException e) {
      assertThat(e.byteOffset()).as(what).isBetween(0L, (long) file.length);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(what, e);
    }
  }

  @Test
  void a_mapped_file_breaks_as_a_stream_does(@TempDir Path folder) throws Exception {
    Random random = new Random(SEED);
    Path path = folder.resolve("test");
    for (int i = 0; i < 500; i++) {
      byte[] file = damage(pcapng(), random);
      Files.write(path, file);
      assertThat(ReadFrames.of(path))
          .extracting(line -> line.replace(folder + "/", ""))
          .isEqualTo(ReadFrames.of(file));
    }
  }
}
