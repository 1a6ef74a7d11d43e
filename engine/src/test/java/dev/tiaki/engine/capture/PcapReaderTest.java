package dev.tiaki.engine.capture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapReaderTest {
  private static final int MICRO = 0xa1b2c3d4;
  private static final int NANO = 0xa1b23c4d;

  @Test
  void both_byte_orders_and_both_precisions_read_the_same() {
    for (ByteOrder order : List.of(BIG_ENDIAN, LITTLE_ENDIAN)) {
      assertThat(ReadFrames.of(FileBytes.pcap(order, MICRO, 1).record(5, 7, "ab").bytes()))
          .containsExactly("1 ETHERNET 5000007000 \"ab\"");
      assertThat(ReadFrames.of(FileBytes.pcap(order, NANO, 101).record(5, 7, "ab").bytes()))
          .containsExactly("1 RAW 5000000007 \"ab\"");
    }
  }

  @Test
  void packets_are_ranked_from_one() {
    FileBytes file = FileBytes.pcap(LITTLE_ENDIAN, MICRO, 1).record(1, 0, "a").record(2, 0, "");
    assertThat(ReadFrames.of(file.bytes()))
        .containsExactly("1 ETHERNET 1000000000 \"a\"", "2 ETHERNET 2000000000 \"\"");
  }

  @Test
  void a_capture_without_packets_is_a_capture() {
    assertThat(ReadFrames.of(FileBytes.pcap(LITTLE_ENDIAN, MICRO, 1).bytes())).isEmpty();
  }

  @Test
  void seconds_after_2038_are_not_negative() {
    FileBytes file = FileBytes.pcap(LITTLE_ENDIAN, MICRO, 1).record(0xffff_ffffL, 1, "");
    assertThat(ReadFrames.of(file.bytes())).containsExactly("1 ETHERNET 4294967295000001000 \"\"");
  }

  @Test
  void a_cut_packet_knows_its_length_on_the_wire() {
    FileBytes file = FileBytes.pcap(BIG_ENDIAN, MICRO, 1).u32(0).u32(0).u32(2).u32(9).text("ab");
    assertThat(ReadFrames.of(file.bytes())).containsExactly("1 ETHERNET 0 \"ab\" of 9");
  }

  @Test
  void the_modified_kind_has_longer_record_headers() {
    FileBytes file = FileBytes.pcap(BIG_ENDIAN, 0xa1b2cd34, 1);
    file.u32(1).u32(2).u32(2).u32(2).u32(77).u16(8).u16(0).text("ab");
    file.u32(3).u32(4).u32(1).u32(1).u32(77).u16(8).u16(0).text("c");
    assertThat(ReadFrames.of(file.bytes()))
        .containsExactly("1 ETHERNET 1000002000 \"ab\"", "2 ETHERNET 3000004000 \"c\"");
  }

  @Test
  void captures_of_the_first_versions_have_their_lengths_exchanged() {
    FileBytes file = new FileBytes(BIG_ENDIAN).u32(MICRO).u16(2).u16(2).u32(0).u32(0).u32(99);
    file.u32(1).u32(0).u32(0).u32(9).u32(2).text("ab");
    assertThat(ReadFrames.of(file.bytes())).containsExactly("1 ETHERNET 0 \"ab\" of 9");
  }

  @Test
  void a_link_type_that_nobody_knows_is_kept_and_flags_above_it_are_not() {
    assertThat(ReadFrames.of(FileBytes.pcap(BIG_ENDIAN, MICRO, 0x147).record(0, 0, "").bytes()))
        .containsExactly("1 link type 327 0 \"\"");
    FileBytes flags = FileBytes.pcap(BIG_ENDIAN, MICRO, 0x24000001).record(0, 0, "");
    assertThat(ReadFrames.of(flags.bytes())).containsExactly("1 ETHERNET 0 \"\"");
  }

  @Test
  void everything_before_a_cut_is_read_and_then_one_error_says_where() {
    FileBytes file = FileBytes.pcap(LITTLE_ENDIAN, MICRO, 1).record(0, 0, "abcd").record(0, 0, "e");
    byte[] whole = file.bytes();
    assertThat(ReadFrames.of(Arrays.copyOf(whole, whole.length - 1)))
        .containsExactly(
            "1 ETHERNET 0 \"abcd\"",
            "test: broken at byte 44: it ends in the middle of a frame of 1 bytes; the one packet"
                + " before it was read. Copy the capture again if it is damaged, or go on without"
                + " the rest");
    assertThat(ReadFrames.of(Arrays.copyOf(whole, 50)).getLast())
        .startsWith("test: broken at byte 44: it ends in the middle of a record header");
    assertThat(ReadFrames.of(Arrays.copyOf(whole, 23)))
        .singleElement()
        .asString()
        .startsWith("test: broken at byte 0: it ends in the middle of the file header; no packet");
  }

  @Test
  void a_length_that_lies_is_an_error_and_not_an_allocation() {
    FileBytes file = FileBytes.pcap(LITTLE_ENDIAN, MICRO, 1).u32(0).u32(0).u32(0x7fffffff).u32(1);
    assertThat(ReadFrames.of(file.bytes()))
        .singleElement()
        .asString()
        .startsWith("test: broken at byte 24: a frame of 2147483647 bytes cannot be meant; no");
  }

  @Test
  void a_frame_longer_than_all_buffers_is_read_from_a_stream() {
    String jumbo = "x".repeat(262_144);
    FileBytes file = FileBytes.pcap(LITTLE_ENDIAN, MICRO, 1).record(0, 0, jumbo);
    assertThat(ReadFrames.of(file.record(0, 0, "y").bytes()))
        .containsExactly("1 ETHERNET 0 \"" + jumbo + "\"", "2 ETHERNET 0 \"y\"");
  }

  @Test
  void a_mapped_file_and_a_stream_read_the_same(@TempDir Path folder) throws Exception {
    FileBytes file = FileBytes.pcap(LITTLE_ENDIAN, NANO, 1);
    for (int i = 0; i < 3000; i++) {
      file.record(i, i, "frame " + i + " " + "z".repeat(i % 700));
    }
    Path path = Files.write(folder.resolve("some.pcap"), file.bytes());
    assertThat(ReadFrames.of(path)).hasSize(3000).isEqualTo(ReadFrames.of(file.bytes()));
  }

  @Test
  void reading_allocates_nothing_for_a_packet(@TempDir Path folder) throws Exception {
    FileBytes file = FileBytes.pcap(LITTLE_ENDIAN, MICRO, 1);
    for (int i = 0; i < 50_000; i++) {
      file.record(i, 0, "frame " + i);
    }
    Path path = Files.write(folder.resolve("many.pcap"), file.bytes());
    var packet = ReadFrames.packet();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (CaptureReader reader = CaptureReader.open(path)) {
      for (int i = 0; i < 25_000; i++) { // until the compiler has taken over
        reader.next(packet);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      while (reader.next(packet)) {}
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(reader.packets()).isEqualTo(50_000);
      assertThat(allocated).isLessThan(25_000);
    }
  }
}
