package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.cli.command.TiakiProcess.Outcome;
import dev.tiaki.engine.capture.Capture;
import dev.tiaki.engine.capture.CaptureInput;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.traffic.IpDatagram;
import dev.tiaki.traffic.TcpSegment;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.UdpDatagram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of packets whose headers cannot be read, between some that can. */
class UnreadablePacketsTest {
  private static final String V4 = "10.0.0.1";
  private static final String V6 = "2001:db8::1";

  @TempDir Path folder;
  private TiakiProcess tiaki;
  private List<String> readable;
  private List<String> all;

  @BeforeEach
  void capture() throws IOException {
    tiaki = new TiakiProcess(folder);
    Trace trace = new Trace();
    trace.conversation("10.0.0.1:1001", "10.0.0.2:80").handshake().up("GET /").upAck();
    readable = frames(write(trace, "readable.pcap"));
    trace.send(TcpSegment.between("10.0.0.1:1", "10.0.0.2:80").dataOffsetField(4).toIp());
    trace.send(TcpSegment.between("[2001:db8::1]:1", "[2001:db8::2]:80").dataOffsetField(9).toIp());
    trace.send(IpDatagram.between(V4, "10.0.0.2").protocol(6).payload("short"));
    trace.send(UdpDatagram.between("10.0.0.1:1", "10.0.0.2:53").lengthField(3).toIp());
    trace.send(IpDatagram.between(V4, "10.0.0.2").protocol(1).payload("icm"));
    trace.send(IpDatagram.between(V6, "2001:db8::2").protocol(58).payload("icm"));
    trace.send(IpDatagram.between(V4, "10.0.0.2").lengthField(9));
    trace.send(IpDatagram.between(V4, "10.0.0.2").protocol(6).payload(new byte[40])).fragment(24);
    all = frames(write(trace, "all.pcap"));
  }

  private Path write(Trace trace, String name) throws IOException {
    Path file = folder.resolve(name);
    trace.writePcap(file);
    return file;
  }

  private static List<String> frames(Path file) throws IOException {
    List<String> frames = new ArrayList<>();
    PacketPool pool = new PacketPool(new NoOutput());
    Packet packet = pool.acquire();
    try (Capture capture = new CaptureInput(file.toString()).open()) {
      while (capture.next(packet)) {
        frames.add(HexFormat.of().formatHex(packet.toByteArray()));
      }
    }
    return frames;
  }

  private Outcome replay(String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("replay", "-o", "out.pcap", "all.pcap"));
    words.addAll(List.of(options));
    return tiaki.run(words.toArray(String[]::new));
  }

  @Test
  void they_are_dropped_with_an_alert_each() throws Exception {
    Outcome outcome = replay();
    assertThat(frames(folder.resolve("out.pcap"))).isEqualTo(readable);
    assertThat(alerts(outcome)).isEqualTo(8);
  }

  @Test
  void they_pass_as_they_are_when_that_is_chosen_with_the_same_alerts() throws Exception {
    Outcome outcome = replay("--on-malformed", "accept");
    assertThat(frames(folder.resolve("out.pcap"))).isEqualTo(all);
    assertThat(alerts(outcome)).isEqualTo(8);
  }

  @Test
  void another_word_is_refused() throws Exception {
    Outcome outcome = replay("--on-malformed", "alert");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.errors()).contains("'alert' is none of drop, accept");
  }

  private static long alerts(Outcome outcome) {
    return outcome.output().lines().filter(line -> line.startsWith("alert: id =")).count();
  }

  private static final class NoOutput implements PacketOutput {
    @Override
    public void accepted(Packet packet) {}

    @Override
    public void dropped(Packet packet, DropReason why) {}
  }
}
