package dev.tiaki.engine.capture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapngReaderTest {
  private static final byte[] NANOSECONDS = {9, 0, 1, 0, 9, 0, 0, 0};

  private static FileBytes ethernet() {
    return FileBytes.pcapng(LITTLE_ENDIAN).description(1, 0);
  }

  @Test
  void all_kinds_of_packet_blocks_are_read_in_both_byte_orders() {
    for (ByteOrder order : List.of(BIG_ENDIAN, LITTLE_ENDIAN)) {
      FileBytes file = FileBytes.pcapng(order).description(1, 0);
      file.enhanced(0, 0x1_0000_0001L, "abc").oldPacket(0, 2, "de").simple("fgh", 3);
      assertThat(ReadFrames.of(file.bytes()))
          .containsExactly(
              "1 ETHERNET 4294967297000 \"abc\" of 1500",
              "2 ETHERNET 2000 \"de\"",
              "3 ETHERNET 0 \"fgh\"");
    }
  }

  @Test
  void a_simple_packet_is_cut_by_the_snapshot_length_of_its_interface() {
    FileBytes file = FileBytes.pcapng(LITTLE_ENDIAN).description(1, 4).simple("abcd", 60);
    assertThat(ReadFrames.of(file.bytes())).containsExactly("1 ETHERNET 0 \"abcd\" of 60");
  }

  @Test
  void interfaces_have_their_own_link_types_and_units_of_time() {
    FileBytes file = ethernet().description(113, 0, NANOSECONDS);
    file.enhanced(1, 5, "a").enhanced(0, 5, "b");
    assertThat(ReadFrames.of(file.bytes()))
        .containsExactly("1 LINUX_SLL 5 \"a\" of 1500", "2 ETHERNET 5000 \"b\" of 1500");
  }

  @Test
  void a_time_offset_counts_in_seconds() {
    byte[] offset = {14, 0, 8, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    FileBytes file = FileBytes.pcapng(LITTLE_ENDIAN).description(1, 0, offset);
    assertThat(ReadFrames.of(file.enhanced(0, 3, "").bytes()))
        .containsExactly("1 ETHERNET 2000003000 \"\" of 1500");
  }

  @Test
  void each_section_has_its_byte_order_and_interfaces() {
    FileBytes file = ethernet().enhanced(0, 1, "a");
    FileBytes second = FileBytes.pcapng(BIG_ENDIAN).description(101, 0).enhanced(0, 2, "b");
    assertThat(ReadFrames.of(file.raw(second.bytes()).bytes()))
        .containsExactly("1 ETHERNET 1000 \"a\" of 1500", "2 RAW 2000 \"b\" of 1500");
  }

  @Test
  void blocks_without_packets_are_skipped() {
    FileBytes file = ethernet().block(4, new byte[9]).block(5, new byte[12]);
    file.block(0xbad, new byte[600_000]).block(0x80000001L, new byte[0]).enhanced(0, 1, "a");
    assertThat(ReadFrames.of(file.bytes())).containsExactly("1 ETHERNET 1000 \"a\" of 1500");
  }

  @Test
  void the_layout_is_known_before_the_first_packet() throws Exception {
    FileBytes file = ethernet().description(113, 0, NANOSECONDS).enhanced(0, 1, "a");
    try (CaptureReader reader =
        CaptureReader.open(new ByteArrayInputStream(file.bytes()), "test")) {
      assertThat(reader.layout().linkType().toString()).isEqualTo("ETHERNET");
      assertThat(reader.layout().nanoseconds()).isTrue();
    }
  }

  @Test
  void a_packet_of_an_unknown_interface_is_an_error() {
    assertThat(ReadFrames.of(ethernet().enhanced(0, 0, "a").enhanced(1, 0, "b").bytes()).getLast())
        .contains("broken at byte 84: a packet names interface 1, which is not described before");
    assertThat(ReadFrames.of(FileBytes.pcapng(BIG_ENDIAN).simple("b", 1).bytes()).getLast())
        .contains("a packet names interface 0");
  }

  @Test
  void lengths_that_lie_are_errors_with_their_place() {
    assertThat(ReadFrames.of(ethernet().u32(6).u32(11).u32(0).bytes()).getLast())
        .contains("broken at byte 48: a block of 11 bytes cannot be");
    assertThat(ReadFrames.of(ethernet().u32(6).u32(0x7ffffff0).u32(0).bytes()).getLast())
        .contains("broken at byte 48: a block of 2147483632 bytes cannot be meant");
    assertThat(ReadFrames.of(ethernet().u32(7).u32(0x7ffffff0).u32(0).bytes()).getLast())
        .contains("it ends in the middle of a block of 2147483632 bytes");
    FileBytes different = ethernet().u32(6).u32(16).u32(0).u32(20);
    assertThat(ReadFrames.of(different.bytes()).getLast())
        .contains("broken at byte 48: a block's two lengths differ: 16, 20");
    byte[] tooLong = different.body().u32(0).u32(0).u32(0).u32(99).u32(99).raw(new byte[8]).bytes();
    assertThat(ReadFrames.of(ethernet().block(6, tooLong).bytes()).getLast())
        .contains("broken at byte 48: a frame of 99 bytes does not fit into its block");
    assertThat(ReadFrames.of(ethernet().block(6, new byte[8]).bytes()).getLast())
        .contains("broken at byte 48: a packet block of 20 bytes is too short");
  }

  @Test
  void every_cut_gives_the_packets_before_it_and_at_most_one_error() {
    byte[] whole = ethernet().enhanced(0, 0, "a").enhanced(0, 0, "b").enhanced(0, 0, "c").bytes();
    for (int length = 48; length < whole.length; length++) {
      int packets = (length - 48) / 36;
      boolean broken = (length - 48) % 36 != 0;
      assertThat(ReadFrames.of(Arrays.copyOf(whole, length)))
          .as("cut to %s bytes", length)
          .hasSize(packets + (broken ? 1 : 0));
    }
  }

  @Test
  void files_of_more_than_two_gibibytes_are_read(@TempDir Path folder) throws Exception {
    long skipped = 3L << 30;
    Path path = folder.resolve("huge.pcapng");
    byte[] packet = new FileBytes(LITTLE_ENDIAN).enhanced(0, 1, "far").bytes();
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) { // sparse
      file.write(ethernet().u32(0xbad).u32(skipped).bytes());
      file.seek(48 + skipped);
      file.write(packet);
    }
    assertThat(Files.size(path)).isGreaterThan(skipped);
    assertThat(ReadFrames.of(path)).containsExactly("1 ETHERNET 1000 \"far\" of 1500");
  }
}
