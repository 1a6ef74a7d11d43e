package dev.tiaki.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.capture.CaptureFormatException;
import dev.tiaki.engine.capture.CaptureInput;
import dev.tiaki.engine.capture.CaptureReader;
import dev.tiaki.engine.capture.CaptureWriter;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.traffic.shared.SharedMaterial;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every capture of the shared corpus is read to its end, or to where it is broken. */
class CaptureCorpusTest {
  private static final int FILE = 0;
  private static final int LINK_TYPES = 6;
  private static final int PACKETS = 7;
  private static final int NOTE = 12;

  private final Path corpus = SharedMaterial.orSkip("corpus");
  private final Packet packet = new PacketPool(new NoOutput()).acquire();

  /** What reading one capture gave. */
  private record Reading(long packets, TreeSet<Integer> linkTypes, boolean broken) {}

  private Reading read(Path file) throws IOException {
    TreeSet<Integer> linkTypes = new TreeSet<>();
    long packets = 0;
    try (CaptureReader reader = CaptureReader.open(file)) {
      while (reader.next(packet)) {
        packets++;
        linkTypes.add(packet.linkType().number());
        assertThat(packet.number()).isEqualTo(packets);
      }
    } catch (CaptureFormatException e) {
      assertThat(e).hasMessageStartingWith(file + ": ").hasMessageContaining(" byte ");
      return new Reading(packets, linkTypes, true);
    }
    return new Reading(packets, linkTypes, false);
  }

  private List<String[]> index() throws IOException {
    List<String> lines = Files.readAllLines(corpus.resolve("INDEX.tsv"));
    return lines.stream().skip(1).map(line -> line.split("\t", -1)).toList();
  }

  @Test
  void every_capture_has_as_many_packets_as_its_index_says() throws Exception {
    List<String> different = new ArrayList<>();
    for (String[] row : index()) {
      Reading reading = read(corpus.resolve(row[FILE]));
      // One capture promises longer frames than libpcap believes; Wireshark reads its packet, too.
      boolean asWireshark = row[NOTE].contains("tshark reads " + reading.packets + " frames");
      if (reading.packets != Long.parseLong(row[PACKETS]) && !asWireshark) {
        different.add(row[FILE] + " " + reading + " " + row[NOTE]);
      }
    }
    assertThat(different).isEmpty();
  }

  @Test
  void only_containers_that_are_known_to_be_broken_give_an_error() throws Exception {
    List<String> broken = new ArrayList<>();
    for (String[] row : index()) {
      boolean error = read(corpus.resolve(row[FILE])).broken;
      if (error && !row[NOTE].contains("container: ")) {
        broken.add(row[FILE]);
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void link_types_are_those_of_the_index() throws Exception {
    for (String[] row : index()) {
      Reading reading = read(corpus.resolve(row[FILE]));
      if (row[LINK_TYPES].equals("ETHERNET") && reading.packets > 0) {
        assertThat(reading.linkTypes).as(row[FILE]).containsExactly(1);
      } else if (row[LINK_TYPES].equals("LINUX_SLL") && reading.packets > 0) {
        assertThat(reading.linkTypes).as(row[FILE]).containsExactly(113);
      }
    }
  }

  @Test
  void the_folder_stands_for_the_captures_in_it() throws Exception {
    Path folder = corpus.resolve("pcaps/wireshark");
    long indexed = index().stream().filter(row -> row[FILE].startsWith("pcaps/wireshark/")).count();
    assertThat(CaptureInput.of(folder.toString())).hasSize((int) indexed);
  }

  @Test
  void every_capture_survives_being_written_and_read_again() throws Exception {
    for (String[] row : index()) {
      Path file = corpus.resolve(row[FILE]);
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      long packets = 0;
      try (CaptureReader reader = CaptureReader.open(file);
          CaptureWriter writer = CaptureWriter.create(copy, "copy.pcapng", reader.layout())) {
        while (reader.next(packet)) {
          writer.write(packet);
          packets++;
        }
      } catch (CaptureFormatException e) {
        assertThat(row[NOTE]).contains("container: ");
      }
      assertSame(file, copy.toByteArray(), packets);
    }
  }

  private void assertSame(Path file, byte[] copy, long packets) throws IOException {
    Packet again = new PacketPool(new NoOutput()).acquire();
    try (CaptureReader original = CaptureReader.open(file);
        CaptureReader second = CaptureReader.open(new ByteArrayInputStream(copy), "copy")) {
      for (long i = 0; i < packets; i++) {
        assertThat(original.next(packet)).isTrue();
        assertThat(second.next(again)).isTrue();
        assertThat(again.toByteArray()).as("%s %s", file, i).isEqualTo(packet.toByteArray());
        assertThat(again.timestampNanos()).isEqualTo(packet.timestampNanos());
        assertThat(again.originalLength()).isEqualTo(packet.originalLength());
        assertThat(again.linkType()).isEqualTo(packet.linkType());
      }
      assertThat(second.next(again)).isFalse();
    }
  }

  private static final class NoOutput implements PacketOutput {
    @Override
    public void accepted(Packet packet) {}

    @Override
    public void dropped(Packet packet, DropReason why) {}
  }
}
