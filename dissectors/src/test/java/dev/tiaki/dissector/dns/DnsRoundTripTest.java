package dev.tiaki.dissector.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.tcp.TcpDissector;
import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpSettings;
import dev.tiaki.dissector.tcpconnection.TcpConnectionDissector;
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.dissector.udp.UdpDissector;
import dev.tiaki.dissector.udp.UdpLayout;
import dev.tiaki.dissector.udpconnection.UdpConnectionDissector;
import dev.tiaki.dissector.udpconnection.UdpConnectionSettings;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.DnsBytes;
import dev.tiaki.traffic.UdpDatagram;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random messages over both transports: what nobody edits leaves as it came; behind an edit the
 * next reader sees the edit, and nothing else is another. {@code -Dtiaki.seed=N} repeats a run.
 */
class DnsRoundTripTest {
  private static final int ROUNDS = 400;
  private static final String CLIENT = "10.0.0.1:4000";
  private static final String SERVER = "10.0.0.2:53";
  private static final List<String> NAMES =
      List.of("a.b", "www.example.org", "example.org", ".", "x.y.z.example.net");

  private final long seed = Long.getLong("tiaki.seed", System.nanoTime());
  private final Random random = new Random(seed);

  enum Transport {
    UDP,
    TCP
  }

  /** Data of each kind of field, as {@code type data}. */
  private static final List<String> DATA =
      List.of(
          "1 0a000001",
          "28 20010db8000000000000000000000001",
          "5 0161c00c",
          "2 026e73c00c",
          "15 000a026d78c00c",
          "16 05776f726473",
          "6 016100c00c0000000100000002000000030000000400000005",
          "33 000100021f90016100",
          "35 00010002015503534950000161c00c",
          "43 12340502aabbcc",
          "47 0161000006400000000003",
          "50 0100000a02aabb01cc000140",
          "65 000100000100030268320003000201bb",
          "257 00056973737565612e62",
          "52 030101aabb",
          "999 0102030405");

  private byte[] query() {
    DnsBytes message = DnsBytes.query(random.nextInt(65_536), name(), 1 + random.nextInt(60));
    for (int section = 1; section <= 3; section++) {
      for (int count = random.nextInt(4); count > 0; count--) {
        String[] data = DATA.get(random.nextInt(DATA.size())).split(" ");
        message.record(
            section, name(), Integer.parseInt(data[0]), HexFormat.of().parseHex(data[1]));
      }
    }
    return message.bytes();
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  /** Passes one query through a worker with a rule and returns it as the server gets it. */
  private byte[] pass(Transport transport, byte[] query, Consumer<DnsMessage> rule) {
    IpFixture net = new IpFixture();
    UdpDissector udp = new UdpDissector(net.context);
    net.transports.set(UdpLayout.PROTOCOL, udp);
    UdpConnectionDissector datagrams =
        new UdpConnectionDissector(net.context, UdpConnectionSettings.DEFAULTS);
    udp.setReceiver(datagrams);
    TcpDissector tcp = new TcpDissector(net.context, TcpSettings.DEFAULTS);
    net.transports.set(TcpLayout.PROTOCOL, tcp);
    TcpConnectionDissector connections =
        new TcpConnectionDissector(net.context, TcpConnectionSettings.DEFAULTS);
    tcp.setReceiver(connections);
    DnsDissector dns = new DnsDissector(net.context, DnsSettings.DEFAULTS);
    dns.stand(datagrams, connections);
    dns.events().query().add((flow, transaction) -> rule.accept(transaction.message()));
    if (transport == Transport.UDP) {
      net.receive(UdpDatagram.between(CLIENT, SERVER).payload(query).toIp());
    } else {
      sendInStream(net, query);
    }
    assertThat(net.defects).isEmpty();
    assertThat(net.alerts).isEmpty();
    return transport == Transport.UDP
        ? Arrays.copyOfRange(net.sent.getFirst(), 28, net.sent.getFirst().length)
        : unframed(net.sent);
  }

  private void sendInStream(IpFixture net, byte[] query) {
    byte[] framed = new byte[2 + query.length];
    DnsMessage.put16(framed, 0, query.length);
    System.arraycopy(query, 0, framed, 2, query.length);
    Conversation.between(CLIENT, SERVER)
        .segmentBytes(1 + random.nextInt(40))
        .handshake()
        .up(framed)
        .fin()
        .frames()
        .forEach(net::receive);
  }

  private static byte[] unframed(List<byte[]> packets) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      int header = 20 + ((packet[32] & 0xf0) >> 2);
      if (packet[15] == 1) {
        stream.writeBytes(Arrays.copyOfRange(packet, header, packet.length));
      }
    }
    byte[] bytes = stream.toByteArray();
    assertThat((bytes[0] & 0xff) << 8 | bytes[1] & 0xff).isEqualTo(bytes.length - 2);
    return Arrays.copyOfRange(bytes, 2, bytes.length);
  }

  /** Returns everything that a reader sees, each under its name. */
  private static Map<String, String> seen(DnsMessage message) {
    Map<String, String> seen = new TreeMap<>();
    seen.put("id", message.id() + "");
    seen.put("flags", message.flags() + "");
    for (int i = 0; i < message.questions().size(); i++) {
      DnsQuestion question = message.questions().get(i);
      seen.put("question.name", question.name().toString());
      seen.put("question.type", question.type() + "/" + question.recordClass());
    }
    for (DnsSection section :
        List.of(DnsSection.ANSWER, DnsSection.AUTHORITY, DnsSection.ADDITIONAL)) {
      List<DnsRecord> records = message.records(section);
      for (int i = 0; i < records.size(); i++) {
        record(seen, section + "." + i, records.get(i));
      }
    }
    return seen;
  }

  private static void record(Map<String, String> seen, String place, DnsRecord record) {
    seen.put(place + ".owner", record.name().toString());
    seen.put(place + ".ttl", record.ttl() + "");
    seen.put(place + ".type", record.type() + "/" + record.recordClass());
    RecordSchema schema = record.schema();
    if (schema == null) {
      seen.put(place + ".raw", HexFormat.of().formatHex(record.raw()));
      return;
    }
    for (int i = 0; i < schema.fields().size(); i++) {
      seen.put(place + "." + schema.fields().get(i).name(), text(record.value(i)));
    }
  }

  private static String text(Object value) {
    return switch (value) {
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case DnsOption option -> option.code() + "=" + text(option.data());
      case List<?> list -> list.stream().map(DnsRoundTripTest::text).toList().toString();
      default -> value.toString();
    };
  }

  @ParameterizedTest
  @EnumSource
  void what_nobody_edits_leaves_as_it_came(Transport transport) {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] query = query();
      assertThat(pass(transport, query, DnsRoundTripTest::seen))
          .as("seed %d round %d", seed, round)
          .isEqualTo(query);
    }
  }

  @ParameterizedTest
  @EnumSource
  void behind_an_edit_the_next_reader_sees_the_edit_and_nothing_else(Transport transport) {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] query = query();
      Map<String, String> expected = seen(DnsMessageTest.parsed(query));
      byte[] edited = pass(transport, query, message -> edit(message, expected));
      assertThat(seen(DnsMessageTest.parsed(edited)))
          .as("seed %d round %d", seed, round)
          .isEqualTo(expected);
    }
  }

  private void edit(DnsMessage message, Map<String, String> expected) {
    List<DnsRecord> answers = message.records(DnsSection.ANSWER);
    DnsName name = DnsName.parse("edited.example.com");
    int number = random.nextInt(65_536);
    switch (answers.isEmpty() ? random.nextInt(2) : random.nextInt(5)) {
      case 0 -> {
        message.setId(number);
        expected.put("id", number + "");
      }
      case 1 -> {
        message.questions().getFirst().setName(name);
        expected.put("question.name", "edited.example.com.");
      }
      case 2 -> {
        answers.getLast().setTtl(number);
        expected.put("ANSWER." + (answers.size() - 1) + ".ttl", number + "");
      }
      case 3 -> {
        answers.getFirst().setName(name);
        expected.put("ANSWER.0.owner", "edited.example.com.");
      }
      default -> editData(answers.getFirst(), name, number, expected);
    }
  }

  private void editData(DnsRecord record, DnsName name, int number, Map<String, String> expected) {
    RecordSchema schema = record.schema();
    for (int i = 0; schema != null && i < schema.fields().size(); i++) {
      String field = "ANSWER.0." + schema.fields().get(i).name();
      Object value = record.value(i);
      if (value instanceof DnsName) {
        record.setValue(i, name);
        expected.put(field, "edited.example.com.");
      } else if (value instanceof Long) {
        record.setValue(i, (long) (number & 0xff));
        expected.put(field, (number & 0xff) + "");
      }
    }
  }
}
