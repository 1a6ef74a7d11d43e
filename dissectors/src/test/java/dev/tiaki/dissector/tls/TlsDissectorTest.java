package dev.tiaki.dissector.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.fuzz.Mutations;
import dev.tiaki.dissector.tcpconnection.EndedProtocol;
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.dissector.tcpconnection.TcpFixture;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.TlsBytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TlsDissectorTest {
  private static final String CLIENT = "10.0.0.1:4000";

  private final List<String> seen = new ArrayList<>();
  private final TcpFixture tcp = new TcpFixture(EngineMode.ENFORCE, TcpConnectionSettings.DEFAULTS);
  private final TlsDissector dissector = listening();

  private TlsDissector listening() {
    TlsDissector made = new TlsDissector(tcp.context, TlsSettings.DEFAULTS);
    made.stand(tcp.connections);
    made.detect(tcp.connections);
    TlsEvents events = made.events();
    events
        .clientHello()
        .add(tls -> {
          ClientHello hello = tls.clientHello();
          seen.add("client " + hello.serverName() + " " + hello.protocols());
        });
    events
        .serverHello()
        .add(tls -> {
          ServerHello hello = tls.serverHello();
          seen.add("server " + TlsVersions.name(hello.version()) + (hello.retry() ? " retry" : ""));
        });
    events.certificate().add(tls -> seen.add("certs " + tls.certificates().encoded().size()));
    events.handshake().add(tls -> seen.add("done"));
    events.malformed().add((tls, fault) -> seen.add(fault.words()));
    return made;
  }

  private static TlsBytes hello() {
    return TlsBytes.hello(0x0303).serverName("www.example.org").protocols("h2", "http/1.1");
  }

  private static byte[] handshake(byte[] message) {
    return TlsBytes.record(22, message);
  }

  private static Conversation talk(String server) {
    return Conversation.between(CLIENT, server).handshake();
  }

  @Test
  void hellos_and_certificates_of_tls_1_2_are_read_across_records_and_segments() {
    byte[] server =
        HexFormat.of()
            .parseHex(
                HexFormat.of().formatHex(TlsBytes.hello(0x0303).ciphers(0xc02f).ofServer())
                    + HexFormat.of()
                        .formatHex(TlsBytes.certificates(new byte[300], new byte[200])));
    tcp.feed(
        talk("10.0.0.2:443")
            .segmentBytes(7)
            .up(TlsBytes.records(11, hello().ofClient()))
            .down(TlsBytes.records(100, server))
            .up(TlsBytes.record(20, new byte[] {1}))
            .up(TlsBytes.record(22, new byte[] {1, 2, 3}))
            .down(TlsBytes.record(20, new byte[] {1}))
            .down("anything at all")
            .fin()
            .frames());
    assertThat(seen)
        .containsExactly(
            "client www.example.org [h2, http/1.1]", "server TLS 1.2", "certs 2", "done");
    assertThat(tcp.drops).isEmpty();
  }

  @Test
  void tls_1_3_is_done_with_the_server_hello_and_a_retry_is_not_the_end() {
    byte[] retry =
        HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
    tcp.feed(
        talk("10.0.0.2:443")
            .up(handshake(hello().versions(0x0304, 0x0303).ofClient()))
            .down(handshake(TlsBytes.hello(0x0303).chosen(0x0304).ofServer(retry)))
            .up(TlsBytes.record(20, new byte[] {1}))
            .up(handshake(hello().versions(0x0304).ofClient()))
            .down(handshake(TlsBytes.hello(0x0303).chosen(0x0304).ofServer()))
            .up(TlsBytes.record(23, new byte[50]))
            .fin()
            .frames());
    assertThat(seen)
        .containsExactly(
            "client www.example.org [h2, http/1.1]",
            "server TLS 1.3 retry",
            "client www.example.org [h2, http/1.1]",
            "server TLS 1.3",
            "done");
  }

  @Test
  void tls_is_recognised_at_any_port_and_what_is_none_is_left_alone() {
    tcp.feed(talk("10.0.0.2:8443").up(handshake(hello().ofClient())).fin().frames());
    tcp.feed(talk("10.0.0.3:443").up("SSH-2.0-x\r\n").down("SSH-2.0-y\r\n").fin().frames());
    tcp.feed(talk("10.0.0.4:25").down("220 hello\r\n").up("EHLO\r\n").fin().frames());
    assertThat(seen).containsExactly("client www.example.org [h2, http/1.1]", "done");
    assertThat(tcp.drops).isEmpty();
    assertThat(tcp.counters.value("tls.notTls")).isEqualTo(1);
  }

  @Test
  void a_rule_may_drop_or_bypass_by_the_name() {
    dissector.events().clientHello().add(tls -> tls.flow().drop());
    tcp.feed(talk("10.0.0.2:443").up(handshake(hello().ofClient())).up("more").frames());
    assertThat(seen).containsExactly("client www.example.org [h2, http/1.1]", "done");
    assertThat(tcp.drops).hasSize(2);
  }

  @Test
  void lying_lengths_are_a_named_event_and_the_connection_goes_on() {
    byte[] hello = hello().ofClient();
    hello[4 + 2 + 32] = (byte) 200; // the session's number is longer than the message
    tcp.feed(talk("10.0.0.2:443").up(handshake(hello)).up("more").fin().frames());
    tcp.feed(
        talk("10.0.0.3:443").up(handshake(new byte[] {1, 0x7f, 0, 0})).up("more").fin().frames());
    tcp.feed(
        talk("10.0.0.4:443")
            .up(handshake(hello().ofClient()))
            .up(new byte[] {22, 3, 1, 0x7f, 0})
            .fin()
            .frames());
    assertThat(seen)
        .containsExactly(
            "broken handshake message",
            "handshake message is too large",
            "client www.example.org [h2, http/1.1]",
            "broken record",
            "done");
    assertThat(tcp.drops).isEmpty();
    assertThat(tcp.alerts).hasSize(3);
  }

  @Test
  void a_server_hello_that_nobody_asked_for_is_a_named_event() {
    byte[] server = handshake(TlsBytes.hello(0x0303).ciphers(0xc02f).ofServer());
    tcp.feed(talk("10.0.0.2:443").down(server).fin().frames());
    tcp.feed(talk("10.0.0.3:443").up(handshake(hello().ofClient())).up(server).fin().frames());
    assertThat(seen)
        .containsExactly(
            "server hello without a client hello",
            "client www.example.org [h2, http/1.1]",
            "server hello without a client hello",
            "done");
    assertThat(tcp.alerts).hasSize(2);
    assertThat(tcp.drops).isEmpty();
  }

  @Test
  void a_server_may_answer_a_client_hello_in_the_form_of_ssl_2() {
    byte[] client = HexFormat.of().parseHex("802e010002001500000010");
    tcp.feed(
        talk("10.0.0.2:443")
            .up(client)
            .down(handshake(TlsBytes.hello(0x0301).ciphers(0x0004).ofServer()))
            .fin()
            .frames());
    assertThat(seen).containsExactly("server TLS 1.0", "done");
    assertThat(tcp.alerts).isEmpty();
  }

  @Test
  void the_end_that_opened_the_connection_may_be_the_server() {
    tcp.feed(
        talk("10.0.0.2:990")
            .down(handshake(hello().ofClient()))
            .up(handshake(TlsBytes.hello(0x0303).chosen(0x0304).ofServer()))
            .fin()
            .frames());
    assertThat(seen)
        .containsExactly("client www.example.org [h2, http/1.1]", "server TLS 1.3", "done");
  }

  @Test
  void whatever_the_handshake_is_its_octets_leave_as_they_came() {
    long seed = Long.getLong("tiaki.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      TlsDissectorTest fresh = new TlsDissectorTest();
      byte[] up = mutated(handshake(hello().ofClient()), random);
      byte[] down = mutated(handshake(TlsBytes.hello(0x0303).chosen(0x0304).ofServer()), random);
      Conversation talk = talk("10.0.0.2:443").segmentBytes(1 + random.nextInt(50));
      fresh.tcp.feed(talk.up(up).down(down).up(new byte[20]).fin().frames());
      assertThat(fresh.tcp.sent)
          .as("seed %d round %d", seed, round)
          .containsExactlyElementsOf(talk.frames().stream().map(Frame::bytes).toList());
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    for (int count = random.nextInt(4); count > 0; count--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  @Test
  void fingerprints_are_those_of_their_inventors() {
    ClientHello chrome =
        client(
            TlsBytes.hello(0x0303)
                .ciphers(
                    0x2a2a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8,
                    0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035)
                .extension(0x9a9a, new byte[0])
                .extension(0x001b, new byte[0])
                .serverName("example.org")
                .extension(0x0033, new byte[0])
                .protocols("h2")
                .extension(0x4469, new byte[0])
                .extension(0x0017, new byte[0])
                .extension(0x002d, new byte[0])
                .list(0x000d, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601)
                .extension(0x0005, new byte[0])
                .extension(0x0023, new byte[0])
                .extension(0x0012, new byte[0])
                .versions(0x3a3a, 0x0304, 0x0303)
                .extension(0xff01, new byte[0])
                .extension(0x000b, new byte[] {1, 0})
                .list(0x000a, 0x4a4a, 0x001d, 0x0017)
                .extension(0x0015, new byte[0]));
    assertThat(chrome.ja4()).isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
    assertThat(chrome.hasGrease()).isTrue();
    assertThat(chrome.encrypted()).isFalse();
    ClientHello old =
        client(
            TlsBytes.hello(769)
                .ciphers(47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4)
                .serverName("a")
                .list(10, 23, 24, 25)
                .extension(11, new byte[] {1, 0}));
    assertThat(old.ja3Text())
        .isEqualTo("769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0");
    assertThat(old.ja3()).isEqualTo("ada70206e40642a3e4461f35503241d5");
    assertThat(client(TlsBytes.hello(0x0303)).ja4())
        .startsWith("t12i020000_")
        .endsWith("_000000000000");
    assertThat(client(hello().extension(0xfe0d, new byte[8])).encrypted()).isTrue();
  }

  private static ClientHello client(TlsBytes hello) {
    byte[] message = hello.ofClient();
    return ClientHello.read(new TlsReader(message, 4, message.length));
  }

  @Test
  void mutated_handshakes_break_nothing_and_keep_nothing() {
    byte[] server = TlsBytes.hello(0x0303).ciphers(0xc02f).ofServer();
    Mutations.run(
        List.of(
            TlsBytes.records(1000, hello().versions(0x0304).ofClient()),
            TlsBytes.records(20, hello().list(10, 29).ofClient()),
            TlsBytes.records(1000, server),
            TlsBytes.records(64, TlsBytes.certificates(new byte[100], new byte[5]))),
        input -> {
          Collected target = new Collected();
          HandshakeReader reader = new HandshakeReader(target, 4096);
          int half = input.length / 2;
          reader.read(input, 0, half);
          reader.read(input, half, input.length);
          assertThat(target.bytes).isLessThanOrEqualTo(input.length);
        });
  }

  private static final class Collected implements HandshakeReader.Target {
    private int bytes;

    @Override
    public void message(int type, byte[] of, int from, int to) {
      bytes += to - from;
      TlsReader reader = new TlsReader(of, from, to);
      switch (type) {
        case 1 -> {
          ClientHello hello = ClientHello.read(reader);
          assertThat(hello.ja4()).hasSizeGreaterThan(10);
          assertThat(hello.ja3()).hasSize(32);
        }
        case 2 -> assertThat(ServerHello.read(reader).ja3s()).hasSize(32);
        case 11 -> TlsCertificates.read(reader).own();
        default -> {}
      }
    }

    @Override
    public void changeCipher() {}

    @Override
    public void data() {}

    @Override
    public void broken(TlsFault fault) {}
  }

  @Test
  void what_was_read_is_let_go_at_the_end() {
    tcp.feed(talk("10.0.0.2:443").up(handshake(hello().ofClient())).fin().frames());
    assertThat(seen).containsExactly("client www.example.org [h2, http/1.1]", "done");
    assertThat(tcp.connections.connectionList())
        .singleElement()
        .satisfies(flow -> {
          assertThat(flow.stateName()).isEqualTo("timed_wait");
          assertThat(flow.nextDissector()).isEqualTo(new EndedProtocol("tls"));
        });
  }
}
