package dev.tiaki.cli.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.stream.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamFolderTest {
  @TempDir Path temporary;

  private static StreamRow row(String capture, int rank, long firstPacket) {
    return new StreamRow(capture, rank, firstPacket, "10.0.0.1", 1234, "10.0.0.2", 80);
  }

  private static void send(StreamObserver to, long offset, String text) {
    byte[] padded = ("##" + text + "##").getBytes(UTF_8);
    to.data(offset, padded, 2, text.length());
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  private List<String> index() throws IOException {
    return Files.readAllLines(temporary.resolve("streams.tsv"));
  }

  @Test
  void streams_are_numbered_by_their_first_packets_whoever_wrote_them() throws Exception {
    try (StreamFolder folder = new StreamFolder(temporary)) {
      StreamFiles one = folder.writer(0, 2);
      StreamFiles two = folder.writer(1, 2);
      send(one.open(row("in/a.pcap", 0, 7)).observer(Direction.UP), 0, "later");
      send(two.open(row("in/a.pcap", 0, 3)).observer(Direction.DOWN), 0, "earlier");
      one.open(row("in/a.pcap", 0, 5));
      folder.endCapture();
    }
    assertThat(index())
        .containsExactly(
            "capture\tstream\tdirection\tclient_ip\tclient_port\tserver_ip\tserver_port\tbytes"
                + "\tsha256\tgaps\tfile",
            "in/a.pcap\t0\tdown\t10.0.0.1\t1234\t10.0.0.2\t80\t7\t"
                + sha256("earlier")
                + "\t0\ta.pcap-0-down.bin",
            "in/a.pcap\t2\tup\t10.0.0.1\t1234\t10.0.0.2\t80\t5\t"
                + sha256("later")
                + "\t0\ta.pcap-2-up.bin");
    assertThat(temporary.resolve("a.pcap-0-down.bin")).hasContent("earlier");
  }

  @Test
  void a_direction_ends_at_its_first_hole_and_says_so() throws Exception {
    try (StreamFolder folder = new StreamFolder(temporary)) {
      StreamObserver up = folder.writer(0, 1).open(row("a", 0, 1)).observer(Direction.UP);
      send(up, 0, "before");
      up.gap(6, 10);
      send(up, 16, "after");
      folder.endCapture();
    }
    assertThat(index().get(1)).contains("\t6\t" + sha256("before") + "\t1\t");
    assertThat(temporary.resolve("a-0-up.bin")).hasContent("before");
  }

  @Test
  void bytes_that_a_later_copy_replaces_are_hashed_as_they_are_in_the_end() throws Exception {
    try (StreamFolder folder = new StreamFolder(temporary)) {
      StreamObserver up = folder.writer(0, 1).open(row("a", 0, 1)).observer(Direction.UP);
      send(up, 0, "abcdef");
      up.replaced(4, "XYZ".getBytes(UTF_8), 0, 3);
      folder.endCapture();
    }
    assertThat(index().get(1)).contains("\t6\t" + sha256("abcdXY") + "\t0\t");
  }

  @Test
  void more_streams_than_may_be_open_are_written_nonetheless() throws Exception {
    int streams = 3 * StreamFolder.MAX_OPEN_FILES;
    try (StreamFolder folder = new StreamFolder(temporary)) {
      StreamFiles files = folder.writer(0, 1);
      List<StreamObserver> ups = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        ups.add(files.open(row("a", 0, i)).observer(Direction.UP));
      }
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < streams; i++) {
          send(ups.get(i), 5L * round, "s%04d".formatted(i));
        }
      }
      folder.endCapture();
    }
    assertThat(index()).hasSize(streams + 1);
    assertThat(temporary.resolve("a-700-up.bin")).hasContent("s0700s0700");
  }

  @Test
  void captures_of_the_same_base_name_have_files_of_their_own() throws Exception {
    try (StreamFolder folder = new StreamFolder(temporary)) {
      StreamFiles files = folder.writer(0, 1);
      for (int rank = 0; rank < 2; rank++) {
        String capture = "in" + rank + "/x y.pcap";
        send(files.open(row(capture, rank, 1)).observer(Direction.UP), 0, "c" + rank);
        folder.endCapture();
      }
    }
    assertThat(temporary.resolve("x_y.pcap-0-up.bin")).hasContent("c0");
    assertThat(temporary.resolve("x_y.pcap~2-0-up.bin")).hasContent("c1");
    assertThat(index().get(2)).startsWith("in1/x y.pcap\t0\tup\t");
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_named() throws IOException {
    Path file = Files.writeString(temporary.resolve("taken"), "");
    assertThatThrownBy(() -> new StreamFolder(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("taken: not a folder");
  }
}
