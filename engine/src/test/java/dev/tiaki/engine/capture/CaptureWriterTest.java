package dev.tiaki.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureWriterTest {
  private static final CaptureLayout MICRO = new CaptureLayout(LinkType.ETHERNET, false);
  private static final CaptureLayout NANO = new CaptureLayout(LinkType.RAW, true);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static void write(CaptureWriter writer, LinkType type, long nanos, String frame)
      throws IOException {
    byte[] bytes = (frame + "beyond").getBytes(StandardCharsets.ISO_8859_1);
    writer.write(type, nanos, bytes, frame.length(), frame.length());
  }

  @Test
  void a_written_pcap_file_equals_the_one_written_by_hand() throws Exception {
    try (CaptureWriter writer = CaptureWriter.create(out, "o.pcap", MICRO)) {
      write(writer, LinkType.ETHERNET, 5_000_007_999L, "abc");
    }
    FileBytes file = new FileBytes(ByteOrder.LITTLE_ENDIAN).u32(0xa1b2c3d4).u16(2).u16(4).u32(0);
    file.u32(0).u32(262_144).u32(1).record(5, 7, "abc");
    assertThat(out.toByteArray()).isEqualTo(file.bytes());
  }

  @Test
  void nanoseconds_are_kept_where_the_input_has_them() throws Exception {
    try (CaptureWriter writer = CaptureWriter.create(out, "o.pcap", NANO)) {
      write(writer, LinkType.RAW, 5_000_007_999L, "abc");
    }
    assertThat(ReadFrames.of(out.toByteArray())).containsExactly("1 RAW 5000007999 \"abc\"");
  }

  @Test
  void a_file_without_packets_still_has_its_header() throws Exception {
    CaptureWriter.create(out, "o.pcap", MICRO).close();
    assertThat(out.size()).isEqualTo(24);
    assertThat(ReadFrames.of(out.toByteArray())).isEmpty();
  }

  @Test
  void a_pcap_file_refuses_another_link_type_and_says_what_to_do() throws Exception {
    try (CaptureWriter writer = CaptureWriter.create(out, "o.pcap", MICRO)) {
      assertThatThrownBy(() -> write(writer, LinkType.RAW, 0, "abc"))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "o.pcap: a pcap file holds frames of one link type, here ETHERNET, and cannot take"
                  + " RAW; write to a file that ends in .pcapng instead");
    }
  }

  @Test
  void a_pcapng_file_takes_all_link_types() throws Exception {
    try (CaptureWriter writer = CaptureWriter.create(out, "o.pcapng", MICRO)) {
      write(writer, LinkType.ETHERNET, 1, "abc");
      write(writer, LinkType.RAW, 0x1_0000_0002L, "abcd");
      write(writer, LinkType.ETHERNET, 3, "");
      assertThat(writer.packets()).isEqualTo(3);
    }
    assertThat(ReadFrames.of(out.toByteArray()))
        .containsExactly("1 ETHERNET 1 \"abc\"", "2 RAW 4294967298 \"abcd\"", "3 ETHERNET 3 \"\"");
  }

  @Test
  void frames_larger_than_the_buffer_and_many_small_ones_stay_in_order() throws Exception {
    String big = "x".repeat(100_000);
    try (CaptureWriter writer = CaptureWriter.create(out, "o.pcap", NANO)) {
      for (int i = 0; i < 5000; i++) {
        write(writer, LinkType.RAW, i, "frame " + i);
      }
      write(writer, LinkType.RAW, 5000, big);
      write(writer, LinkType.RAW, 5001, "last");
    }
    assertThat(ReadFrames.of(out.toByteArray()))
        .hasSize(5002)
        .startsWith("1 RAW 0 \"frame 0\"")
        .contains("4712 RAW 4711 \"frame 4711\"")
        .endsWith("5001 RAW 5000 \"" + big + "\"", "5002 RAW 5001 \"last\"");
  }

  @Test
  void a_forged_packet_has_no_time_where_that_is_asked_for() throws Exception {
    PacketPool pool =
        new PacketPool(
            new PacketOutput() {
              @Override
              public void accepted(Packet packet) {}

              @Override
              public void dropped(Packet packet, DropReason why) {}
            });
    Packet forged = pool.forge(LinkType.ETHERNET, new byte[] {'a'}, 77_000);
    try (CaptureWriter writer = CaptureWriter.create(out, "o.pcap", MICRO)) {
      writer.write(forged);
      writer.forgedWithoutTime().write(forged);
    }
    assertThat(ReadFrames.of(out.toByteArray()))
        .containsExactly("1 ETHERNET 77000 \"a\"", "2 ETHERNET 0 \"a\"");
  }

  @Test
  void a_file_in_no_folder_is_named(@TempDir Path folder) {
    Path file = folder.resolve("none/o.pcap");
    assertThatThrownBy(() -> CaptureWriter.create(file, MICRO))
        .hasMessage(file + ": cannot be written, its folder does not exist");
  }
}
