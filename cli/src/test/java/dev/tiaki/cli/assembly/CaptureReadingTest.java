package dev.tiaki.cli.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.capture.Capture;
import dev.tiaki.engine.capture.CaptureInput;
import dev.tiaki.engine.libpcap.BpfFilter;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.FrameSource;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.shared.SharedMaterial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureReadingTest {
  private final PacketPool pool = new PacketPool(new NoOutput());

  @TempDir Path folder;

  private record Seen(long number, long nanos, int wireLength, String bytes) {}

  private List<Seen> read(CaptureReading how, String file) throws IOException {
    List<Seen> seen = new ArrayList<>();
    Packet packet = pool.acquire();
    try (Capture capture = how.open(new CaptureInput(file))) {
      FrameSource source = how.filtered(capture);
      while (source.next(packet)) {
        seen.add(
            new Seen(
                packet.number(),
                packet.timestampNanos(),
                packet.originalLength(),
                new String(packet.toByteArray(), StandardCharsets.ISO_8859_1)));
      }
    }
    return seen;
  }

  private static CaptureReading mapped(String filter) throws IOException {
    return new CaptureReading(false, BpfFilter.of(filter));
  }

  private String twoConversations() throws IOException {
    Trace trace = new Trace();
    trace.conversation("10.0.0.1:1001", "10.0.0.2:80").handshake().up("one").down("two").fin();
    trace.conversation("10.0.0.3:1003", "10.0.0.4:25").handshake().up("three");
    Path file = folder.resolve("two.pcap");
    trace.writePcap(file);
    return file.toString();
  }

  @Test
  void libpcap_reads_what_the_mapped_reader_reads() throws IOException {
    String file = twoConversations();
    assertThat(read(new CaptureReading(true, null), file))
        .isNotEmpty()
        .isEqualTo(read(CaptureReading.MAPPED, file));
  }

  @Test
  void a_filter_leaves_the_ranks_of_frames_as_they_are() throws IOException {
    String file = twoConversations();
    List<Seen> all = read(CaptureReading.MAPPED, file);
    List<Seen> mail = read(mapped("tcp port 25"), file);
    assertThat(mail).hasSize(4).isEqualTo(all.subList(all.size() - 4, all.size()));
    assertThat(read(mapped("not tcp port 25"), file)).isEqualTo(all.subList(0, all.size() - 4));
    assertThat(read(mapped("src host 10.0.0.3 and dst port 25"), file)).hasSize(3);
  }

  @Test
  void a_filter_sees_the_length_on_the_wire() throws IOException {
    Path file = folder.resolve("cut.pcap");
    Conversation.between("10.0.0.1:1", "10.0.0.2:80")
        .handshake()
        .up("x".repeat(1000))
        .trace()
        .cut(60)
        .writePcap(file);
    assertThat(read(mapped("greater 500"), file.toString())).hasSize(1);
    assertThat(read(mapped("less 499"), file.toString())).hasSize(3);
  }

  @Test
  void what_is_no_expression_is_refused_in_libpcaps_words() {
    assertThatThrownBy(() -> BpfFilter.of("tcp prt 80"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("filter 'tcp prt 80' for ETHERNET frames: ")
        .hasMessageContaining("syntax error");
  }

  @Test
  void what_libpcap_cannot_read_is_said_with_the_name_of_the_file() throws IOException {
    Path text = folder.resolve("text.pcap");
    Files.writeString(text, "no capture at all, though of some length");
    CaptureReading libpcap = new CaptureReading(true, null);
    assertThatThrownBy(() -> read(libpcap, text.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage(text + ": unknown file format");
    assertThatThrownBy(() -> read(libpcap, folder + "/none.pcap"))
        .hasMessage(folder + "/none.pcap: No such file or directory");
  }

  private static final List<String> EXPRESSIONS =
      List.of(
          "tcp", "tcp[tcpflags] & tcp-syn != 0", "ip and tcp dst port 80", "ip6", "greater 400");

  @Test
  void filters_find_as_many_packets_as_tcpdump() throws Exception {
    Path index = SharedMaterial.orSkip("corpus/INDEX.tsv");
    requireTcpdump();
    List<String> captures = plainCaptures(index);
    assertThat(captures).hasSizeGreaterThan(3);
    for (String capture : captures) {
      for (String expression : EXPRESSIONS) {
        assertThat(read(mapped(expression), capture).size())
            .as("%s in %s", expression, capture)
            .isEqualTo(tcpdump(capture, expression));
      }
    }
  }

  private static void requireTcpdump() {
    boolean there = Files.isExecutable(Path.of("/usr/bin/tcpdump"));
    if (!there && System.getenv("CI") != null) {
      throw new AssertionError("tcpdump is not installed");
    }
    Assumptions.assumeTrue(there, "skipped: tcpdump is not installed");
  }

  /** Captures without tunnels and without errors that quote other packets, of several links. */
  private static List<String> plainCaptures(Path index) throws IOException {
    List<String> found = new ArrayList<>();
    List<String> links = new ArrayList<>();
    for (String line : Files.readAllLines(index)) {
      List<String> columns = List.of(line.split("\t", -1));
      boolean plain =
          List.of(columns.get(10).split(",", -1)).stream()
              .allMatch(tag -> tag.matches("tcp.*|pcap|pcapng|http|tls|link:.*|ipv6|ttl-varies"));
      long already = links.stream().filter(columns.get(6)::equals).count();
      boolean known = columns.get(6).matches("ETHERNET|RAW|LINUX_SLL|PPP|IPV[46]");
      if (plain && known && already < 1 && columns.get(7).matches("\\d{1,3}")) {
        links.add(columns.get(6));
        found.add(index.resolveSibling(columns.get(0)).toString());
      }
    }
    return found;
  }

  private static int tcpdump(String capture, String expression) throws Exception {
    Process process =
        new ProcessBuilder("tcpdump", "--count", "-n", "-r", capture, expression).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean never = errors.contains("expression rejects all packets");
    assertThat(process.waitFor()).as("%s: %s", capture, errors).isEqualTo(never ? 1 : 0);
    return never ? 0 : Integer.parseInt(output.substring(0, output.indexOf(' ')));
  }

  private static final class NoOutput implements PacketOutput {
    @Override
    public void accepted(Packet packet) {}

    @Override
    public void dropped(Packet packet, DropReason why) {}
  }
}
