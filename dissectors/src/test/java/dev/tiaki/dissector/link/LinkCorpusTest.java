package dev.tiaki.dissector.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.capture.CaptureReader;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import dev.tiaki.traffic.shared.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The hosts of every TCP stream that is known to be in a capture are found behind the link layer.
 */
class LinkCorpusTest {
  private static final int FILE = 0;
  private static final int SOURCE = 4;
  private static final int DESTINATION = 6;
  private static final int STATUS = 10;
  private static final int FLAGS = 28;

  @Test
  void the_hosts_of_every_known_stream_are_found() throws Exception {
    Path corpus = SharedMaterial.orSkip("corpus");
    Map<String, Set<String>> hosts = hostsByCapture(corpus);
    assertThat(hosts).hasSizeGreaterThan(300);
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, Set<String>> capture : hosts.entrySet()) {
      Set<String> wanted = new TreeSet<>(capture.getValue());
      wanted.removeAll(hostsIn(corpus.resolve(capture.getKey())));
      if (!wanted.isEmpty()) {
        missing.add(capture.getKey() + " " + wanted);
      }
    }
    assertThat(missing).isEmpty();
  }

  /** Streams in tunnels have their hosts behind more headers than those of the link. */
  private static Map<String, Set<String>> hostsByCapture(Path corpus) throws IOException {
    Map<String, Set<String>> hosts = new TreeMap<>();
    for (String line :
        Files.readAllLines(corpus.resolve("streams.tsv")).stream().skip(1).toList()) {
      String[] row = line.split("\t", -1);
      if (row[STATUS].equals("exact") && !row[FLAGS].contains("tunnel")) {
        Set<String> known = hosts.computeIfAbsent(row[FILE], file -> new TreeSet<>());
        known.add(IpAddress.parse(row[SOURCE]).toString());
        known.add(IpAddress.parse(row[DESTINATION]).toString());
      }
    }
    return hosts;
  }

  private static Set<String> hostsIn(Path capture) throws IOException {
    PacketPool pool =
        new PacketPool(
            new PacketOutput() {
              @Override
              public void accepted(Packet packet) {}

              @Override
              public void dropped(Packet packet, DropReason why) {}
            });
    Set<IpAddress> found = new HashSet<>();
    Packet packet = pool.acquire();
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (reader.next(packet)) {
        addHosts(packet, found);
      }
    }
    Set<String> texts = new TreeSet<>();
    found.forEach(address -> texts.add(address.toString()));
    return texts;
  }

  private static void addHosts(Packet packet, Set<IpAddress> found) {
    long start = LinkHeader.find(packet.linkType(), packet.array(), packet.length());
    if (start == NetworkStart.MALFORMED) {
      return;
    }
    int at = NetworkStart.offset(start);
    int type = NetworkStart.etherType(start);
    if (type == NetworkStart.IPV4 && at + 20 <= packet.length()) {
      found.add(IpAddress.readIpv4(packet.array(), at + 12));
      found.add(IpAddress.readIpv4(packet.array(), at + 16));
    } else if (type == NetworkStart.IPV6 && at + 40 <= packet.length()) {
      found.add(IpAddress.readIpv6(packet.array(), at + 8));
      found.add(IpAddress.readIpv6(packet.array(), at + 24));
    }
  }
}
