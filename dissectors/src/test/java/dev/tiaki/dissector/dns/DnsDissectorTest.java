package dev.tiaki.dissector.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.dissector.ip.IpFixture;
import dev.tiaki.dissector.tcp.TcpDissector;
import dev.tiaki.dissector.tcp.TcpLayout;
import dev.tiaki.dissector.tcp.TcpSettings;
import dev.tiaki.dissector.tcpconnection.EndedProtocol;
import dev.tiaki.dissector.tcpconnection.TcpConnectionDissector;
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.dissector.udp.UdpDissector;
import dev.tiaki.dissector.udp.UdpLayout;
import dev.tiaki.dissector.udpconnection.UdpConnectionDissector;
import dev.tiaki.dissector.udpconnection.UdpConnectionSettings;
import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.engine.rule.RuleFailure;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.DnsBytes;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.UdpDatagram;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsDissectorTest {
  private static final String CLIENT = "10.0.0.1:4000";
  private static final String SERVER = "10.0.0.2:53";

  private IpFixture net = new IpFixture();
  private DnsDissector dns = follow(net, DnsSettings.DEFAULTS);
  private UdpConnectionDissector datagrams;
  private TcpConnectionDissector connections;
  private final List<String> seen = new ArrayList<>();

  private DnsDissector follow(IpFixture worker, DnsSettings settings) {
    UdpDissector udp = new UdpDissector(worker.context);
    worker.transports.set(UdpLayout.PROTOCOL, udp);
    datagrams = new UdpConnectionDissector(worker.context, UdpConnectionSettings.DEFAULTS);
    udp.setReceiver(datagrams);
    TcpDissector tcp = new TcpDissector(worker.context, TcpSettings.DEFAULTS);
    worker.transports.set(TcpLayout.PROTOCOL, tcp);
    connections = new TcpConnectionDissector(worker.context, TcpConnectionSettings.DEFAULTS);
    tcp.setReceiver(connections);
    DnsDissector dissector = new DnsDissector(worker.context, settings);
    dissector.stand(datagrams, connections);
    dissector.events().query().add((flow, query) -> seen.add("query " + text(query)));
    dissector
        .events()
        .response()
        .add((flow, response, query) ->
            seen.add("response " + text(response) + (query == null ? "" : " to a query")));
    return dissector;
  }

  private void use(EngineMode mode, DnsSettings settings) {
    net = new IpFixture(mode, OnRuleError.DROP);
    dns = follow(net, settings);
  }

  private static String text(DnsTransaction transaction) {
    DnsMessage message = transaction.message();
    return message.id() + " " + message.questions().getFirst().name();
  }

  private void up(byte[] message) {
    net.receive(UdpDatagram.between(CLIENT, SERVER).payload(message).toIp());
  }

  private void down(byte[] message) {
    net.receive(UdpDatagram.between(SERVER, CLIENT).payload(message).toIp());
  }

  private void receive(Conversation conversation) {
    for (Frame frame : conversation.frames()) {
      net.receive(frame);
    }
  }

  private static byte[] query(int id) {
    return DnsBytes.query(id, "a.b", 1).bytes();
  }

  private static byte[] response(int id) {
    return DnsBytes.response(id, "a.b", 1).answer("a.b", 1, "0a000001").bytes();
  }

  @Test
  void a_response_comes_with_its_query() {
    up(query(7));
    down(response(7));
    assertThat(seen).containsExactly("query 7 a.b.", "response 7 a.b. to a query");
    assertThat(dns.pendingQueries()).isZero();
    assertThat(net.verdicts).containsExactly("accept 1", "accept 2");
  }

  @Test
  void a_response_to_no_query_raises_an_alert_and_is_dropped() {
    up(query(7));
    down(response(8));
    assertThat(seen).containsExactly("query 7 a.b.");
    assertThat(net.alerts).containsExactly("dns: mismatching response");
    assertThat(net.verdicts).containsExactly("accept 1", "drop 2 POLICY");
    use(EngineMode.OBSERVE, DnsSettings.DEFAULTS);
    up(query(7));
    down(response(8));
    assertThat(net.verdicts).containsExactly("accept 1", "accept 2");
  }

  @Test
  void a_query_asked_twice_may_be_answered_twice() {
    up(query(7));
    up(query(7));
    down(response(7));
    down(response(7));
    down(response(7));
    assertThat(net.verdicts)
        .containsExactly("accept 1", "accept 2", "accept 3", "accept 4", "drop 5 POLICY");
  }

  @Test
  void a_dropped_query_is_not_remembered() {
    dns.events().query().add((flow, query) -> query.drop());
    dns.events().query().add((flow, query) -> seen.add("behind"));
    up(query(7));
    down(response(7));
    assertThat(seen).containsExactly("query 7 a.b.");
    assertThat(net.verdicts).containsExactly("drop 1 RULE", "drop 2 POLICY");
  }

  @Test
  void an_edited_message_leaves_edited_with_the_right_lengths() {
    dns.events()
        .query()
        .add((flow, query) ->
            query.message().questions().getFirst().setName(DnsName.parse("longer.than.before")));
    up(query(7));
    byte[] expected =
        UdpDatagram.between(CLIENT, SERVER)
            .payload(DnsBytes.query(7, "longer.than.before", 1).bytes())
            .toIp()
            .bytes();
    assertThat(net.sent.getFirst()).isEqualTo(expected);
  }

  @Test
  void a_query_can_only_be_read_after_it_has_left() {
    dns.events()
        .response()
        .add((flow, response, query) -> {
          assertThatThrownBy(() -> query.message().setId(1)).hasMessage("read only buffer");
          assertThatThrownBy(query::drop).hasMessage("read only buffer");
          throw new RuleFailure("read only buffer", null, null);
        });
    up(query(7));
    down(response(7));
    assertThat(net.log).contains("error udp: read only buffer");
    assertThat(net.verdicts).containsExactly("accept 1", "drop 2 RULE_ERROR");
  }

  @Test
  void what_is_no_message_raises_an_alert_and_is_dropped() {
    dns.events().malformed().add((flow, fault) -> seen.add(fault.fault().name()));
    up(DnsBytes.message(1, 0).announce(0, 1).octets(0xc0, 12, 0, 1, 0, 1).bytes());
    up(new byte[3]);
    assertThat(seen).containsExactly("POINTER", "CUT");
    assertThat(net.alerts)
        .containsExactly(
            "dns: malformed message, name points to no earlier name",
            "dns: malformed message, message is cut");
    assertThat(net.verdicts).containsExactly("drop 1 MALFORMED", "drop 2 MALFORMED");
  }

  @Test
  void as_haka_does_it_a_bad_pointer_drops_the_flow_and_other_faults_are_silent() {
    use(EngineMode.HAKA, DnsSettings.DEFAULTS);
    up(new byte[3]);
    up(DnsBytes.message(1, 0).announce(0, 1).octets(0xc0, 99, 0, 1, 0, 1).bytes());
    up(query(7));
    assertThat(net.alerts).isEmpty();
    assertThat(net.log).contains("error udp: reference unknown domain name at offset: 0x63");
    assertThat(net.verdicts)
        .containsExactly("drop 1 MALFORMED", "drop 2 RULE_ERROR", "drop 3 FLOW_DROPPED");
  }

  @Test
  void waiting_queries_are_bounded_in_number_and_in_octets() {
    use(EngineMode.ENFORCE, new DnsSettings(4, DnsMessage.MAX_BYTES));
    for (int id = 0; id < 1000; id++) {
      up(query(id));
    }
    assertThat(dns.pendingQueries()).isEqualTo(4);
    assertThat(net.counters.value("dns.forgottenQueries")).isEqualTo(996);
    down(response(999));
    assertThat(dns.pendingQueries()).isEqualTo(3);
    datagrams.finish();
    assertThat(dns.pendingQueries()).isZero();
    for (int port = 1000; port < 6000; port++) {
      net.receive(UdpDatagram.between("10.0.0.1:" + port, SERVER).payload(query(1)).toIp());
    }
    assertThat(dns.pendingQueries()).isEqualTo(DnsMessage.MAX_BYTES / query(1).length);
  }

  @Test
  void messages_over_tcp_are_read_across_segments() {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.writeBytes(DnsBytes.query(7, "a.b", 1).framed());
    two.writeBytes(DnsBytes.query(8, "c.d", 1).framed());
    Conversation talk =
        Conversation.between(CLIENT, SERVER)
            .segmentBytes(5)
            .handshake()
            .up(two.toByteArray())
            .down(DnsBytes.response(8, "c.d", 1).answer("c.d", 1, "0a000001").framed())
            .down(DnsBytes.response(7, "a.b", 1).answer("a.b", 1, "0a000001").framed())
            .down(DnsBytes.response(7, "a.b", 1).answer("a.b", 1, "0a000002").framed())
            .fin();
    receive(talk);
    assertThat(seen)
        .containsExactly(
            "query 7 a.b.",
            "query 8 c.d.",
            "response 8 c.d. to a query",
            "response 7 a.b. to a query",
            "response 7 a.b. to a query");
    assertThat(net.alerts).isEmpty();
    assertThat(net.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
    connections.finish();
    assertThat(dns.pendingQueries()).isZero();
  }

  @Test
  void what_was_read_over_tcp_is_let_go_at_the_end() {
    Conversation talk = Conversation.between(CLIENT, SERVER).handshake();
    receive(talk.up(DnsBytes.query(7, "a.b", 1).framed()).up("\0").fin());
    assertThat(seen).containsExactly("query 7 a.b.");
    assertThat(dns.pendingQueries()).isZero();
    assertThat(connections.connectionList())
        .singleElement()
        .satisfies(flow -> {
          assertThat(flow.stateName()).isEqualTo("timed_wait");
          assertThat(flow.nextDissector()).isEqualTo(new EndedProtocol("dns"));
        });
  }

  @Test
  void messages_over_tcp_are_edited_and_dropped_in_the_stream() {
    dns.events()
        .query()
        .add((flow, query) -> {
          if (query.message().id() == 7) {
            query.drop();
          } else {
            query.message().questions().getFirst().setName(DnsName.parse("longer.than.before"));
          }
        });
    receive(
        Conversation.between(CLIENT, SERVER)
            .handshake()
            .up(DnsBytes.query(7, "a.b", 1).framed())
            .up(DnsBytes.query(8, "c.d", 1).framed())
            .fin());
    assertThat(upStream()).isEqualTo(DnsBytes.query(8, "longer.than.before", 1).framed());
  }

  /** Returns the data of the packets that left towards the server. */
  private byte[] upStream() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] packet : net.sent) {
      int header = 20 + ((packet[32] & 0xf0) >> 2);
      if (packet[15] == 1) {
        stream.writeBytes(Arrays.copyOfRange(packet, header, packet.length));
      }
    }
    return stream.toByteArray();
  }

  @Test
  void garbage_over_tcp_drops_the_connection() {
    receive(
        Conversation.between(CLIENT, SERVER)
            .handshake()
            .up("\0\4abcdefg".getBytes(ISO_8859_1))
            .up("more"));
    assertThat(net.alerts).containsExactly("dns: malformed message, message is cut");
    assertThat(net.verdicts.getLast()).isEqualTo("drop 5 FLOW_DROPPED");
  }

  @Test
  void while_nobody_listens_messages_pass_unread() {
    IpFixture quiet = new IpFixture();
    UdpDissector udp = new UdpDissector(quiet.context);
    quiet.transports.set(UdpLayout.PROTOCOL, udp);
    UdpConnectionDissector flows =
        new UdpConnectionDissector(quiet.context, UdpConnectionSettings.DEFAULTS);
    udp.setReceiver(flows);
    new DnsDissector(quiet.context, DnsSettings.DEFAULTS)
        .stand(flows, new TcpConnectionDissector(quiet.context, TcpConnectionSettings.DEFAULTS));
    quiet.receive(UdpDatagram.between(CLIENT, SERVER).payload("no dns").toIp());
    assertThat(quiet.verdicts).containsExactly("accept 1");
  }
}
