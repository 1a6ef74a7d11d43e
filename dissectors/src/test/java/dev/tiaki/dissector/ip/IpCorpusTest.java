package dev.tiaki.dissector.ip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.capture.CaptureReader;
import dev.tiaki.traffic.shared.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every capture of the corpus goes through IP: no defect, one verdict for each packet. */
class IpCorpusTest {
  @Test
  void every_packet_of_every_capture_gets_one_verdict() throws IOException {
    Path captures = SharedMaterial.orSkip("corpus").resolve("pcaps");
    long reassembled = 0;
    try (Stream<Path> files = Files.walk(captures)) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      assertThat(sorted).hasSizeGreaterThan(1_000);
      for (Path file : sorted) {
        reassembled += replay(file);
      }
    }
    assertThat(reassembled).isGreaterThan(100);
  }

  private static long replay(Path file) {
    IpFixture net = new IpFixture();
    net.onReassembled(ip -> assertThat(ip.payload().size()).isEqualTo(ip.payloadLength()));
    net.onReassembled6(ip -> assertThat(ip.payload().size()).isEqualTo(ip.payloadLength()));
    long packets = 0;
    try (CaptureReader reader = CaptureReader.open(file)) {
      net.run(reader);
      packets = reader.packets();
    } catch (IOException broken) {
      // a container that breaks off gives what stands before the break
      packets = net.counters.value("packets");
    }
    net.finish();
    assertThat(net.defects).as(file.toString()).isEmpty();
    assertThat(net.verdicts).as(file.toString()).hasSize((int) packets).doesNotHaveDuplicates();
    return net.counters.value("ipv4.reassembled") + net.counters.value("ipv6.reassembled");
  }
}
