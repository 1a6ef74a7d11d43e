package dev.tiaki.samples;

import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Encapsulation;
import dev.tiaki.traffic.IcmpMessage;
import dev.tiaki.traffic.Ipv4Datagram;
import dev.tiaki.traffic.TcpSegment;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.UdpDatagram;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The capture of each sample rule set, by the name of its folder. */
public final class SampleCaptures {
  private SampleCaptures() {}

  /** Returns what generates the capture of each sample, in the order of the guide. */
  public static Map<String, Supplier<Trace>> all() {
    Map<String, Supplier<Trace>> samples = new LinkedHashMap<>();
    samples.put("hello-packet", SampleCaptures::helloPacket);
    samples.put("connection-filter", SampleCaptures::connectionFilter);
    samples.put("classic-filter", ApplicationCaptures::classicFilter);
    samples.put("stream-editor", SampleCaptures::streamEditor);
    samples.put("web-filter", SampleCaptures::webFilter);
    samples.put("keyword-guard", SampleCaptures::keywordGuard);
    samples.put("scan-detector", SampleCaptures::scanDetector);
    samples.put("header-checks", SampleCaptures::headerChecks);
    samples.put("flow-report", SampleCaptures::flowReport);
    samples.put("banner-reset", SampleCaptures::bannerReset);
    samples.put("sni-reader", SampleCaptures::sniReader);
    samples.put("ipv6-watch", SampleCaptures::ipv6Watch);
    samples.put("dns-guard", ApplicationCaptures::dnsGuard);
    samples.put("mail-dissector", ApplicationCaptures::mailDissector);
    samples.put("tls-watch", ApplicationCaptures::tlsWatch);
    samples.put("drop-reasons", SampleCaptures::dropReasons);
    return samples;
  }

  private static Trace dropReasons() {
    Trace trace = new Trace();
    web(trace.conversation("10.0.0.1:40000", "10.0.0.2:80"), "fine");
    trace.send(UdpDatagram.between("10.0.0.1:5000", "10.0.0.2:69").payload("tftp").toIp());
    Conversation secret = trace.conversation("10.0.0.3:40001", "10.0.0.2:8080").handshake();
    secret.up("the password is swordfish").downAck();
    trace.conversation("10.0.0.4:40002", "10.0.0.2:7").handshake().up("echo");
    trace.conversation("10.0.0.5:40003", "10.0.0.2:23").syn();
    trace.conversation("10.0.0.6:40004", "10.0.0.2:80").up("of no connection");
    byte[] cut = new byte[4];
    trace.send(Ipv4Datagram.between("10.0.0.7", "10.0.0.2").protocol(6).payload(cut));
    return trace;
  }

  private static Trace helloPacket() {
    Trace trace = new Trace();
    trace.send(IcmpMessage.between("10.0.0.1", "10.0.0.2").echo(7, 1).toIp());
    trace.send(IcmpMessage.between("10.0.0.2", "10.0.0.1").echoReply(7, 1).toIp());
    web(trace.conversation("10.0.0.1:40000", "10.0.0.2:80"), "hello");
    return trace;
  }

  static void web(Conversation connection, String body) {
    connection
        .handshake()
        .up("GET / HTTP/1.1\r\nHost: www.example\r\n\r\n")
        .down("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
        .upAck()
        .fin();
  }

  private static Trace connectionFilter() {
    Trace trace = new Trace();
    web(trace.conversation("10.1.0.5:40001", "10.2.0.1:80"), "allowed");
    Conversation ssh = trace.conversation("10.1.0.6:40002", "10.2.0.1:22").handshake();
    ssh.down("SSH-2.0-Example\r\n").up("SSH-2.0-Client\r\n").downAck();
    Conversation telnet = trace.conversation("10.1.0.7:40003", "10.2.0.1:23").handshake();
    telnet.down("login: ").up("root\r\n");
    ssh.fin();
    Conversation stranger = trace.conversation("192.168.9.9:40004", "10.2.0.1:80").handshake();
    stranger.up("GET /admin HTTP/1.0\r\n\r\n").upRst();
    return trace;
  }

  private static Trace streamEditor() {
    Trace trace = new Trace();
    Conversation talk = trace.conversation("10.0.0.1:40000", "10.0.0.2:7000").handshake();
    talk.up("what colour is the sky?\n").downAck();
    // the word is cut by a packet, one packet comes late, and one is lost and sent again
    talk.down("the sky is bl").down("ue, and the sea is ").swap();
    talk.upAck().down("blue").down(" too; blu").down("ish is not blue\n").again().upAck();
    talk.fin();
    return trace;
  }

  private static Trace webFilter() {
    Trace trace = new Trace();
    Conversation pages = trace.conversation("10.0.0.1:40000", "10.0.0.2:80").handshake();
    pages.up("GET /one HTTP/1.1\r\nHost: www.example\r\n\r\n").downAck();
    pages.down(
        "HTTP/1.1 200 OK\r\nServer: Example/1.0\r\nContent-Type: text/html\r\n"
            + "Content-Length: 23\r\n\r\n<body>first page</body>");
    pages.upAck().up("GET /two HTTP/1.1\r\nHost: www.example\r\n\r\n").downAck();
    pages.down(
        "HTTP/1.1 200 OK\r\nServer: Example/1.0\r\nContent-Type: text/html; charset=utf-8\r\n");
    pages.down("Transfer-Encoding: chunked\r\n\r\n3\r\n<bo\r\n5\r");
    pages.down("\ndy>se\r\nb\r\ncond page</\r\n5\r\nbody>\r\n0\r\n\r\n").upAck().fin();
    Conversation scanner = trace.conversation("10.9.9.9:40001", "10.0.0.2:80").handshake();
    scanner.up("GET /admin.php HTTP/1.1\r\nHost: www.example\r\nUser-Agent: WebScanner/2\r\n\r\n");
    return trace;
  }

  private static Trace keywordGuard() {
    Trace trace = new Trace();
    Conversation quiet = trace.conversation("10.0.0.1:40000", "10.0.0.2:25").handshake();
    quiet.up("the plan is public\n").downAck().fin();
    Conversation leak = trace.conversation("10.0.0.3:40001", "10.0.0.2:25").handshake();
    leak.up("the plan is TOP-").downAck().up("SECRET, tell nobody\n").downAck().fin();
    return trace;
  }

  private static Trace scanDetector() {
    Trace trace = new Trace();
    web(trace.conversation("10.0.0.8:50000", "10.0.0.2:80"), "honest");
    int[] ports = {21, 22, 23, 25, 80, 110, 143, 443};
    for (int port : ports) {
      Conversation probe =
          trace.conversation("10.6.6.6:" + (40000 + port), "10.0.0.2:" + port).syn();
      if (port == 22 || port == 80) {
        probe.synAck().upRst();
      } else {
        probe.downRst();
      }
      trace.pause(Duration.ofMillis(200));
    }
    return trace;
  }

  private static Trace headerChecks() {
    Trace trace = new Trace();
    trace.send(TcpSegment.between("10.0.0.2:139", "10.0.0.2:139").flags("S").seq(1).toIp());
    trace.send(TcpSegment.between("10.6.6.6:4000", "10.0.0.2:80").flags("").toIp());
    trace.send(TcpSegment.between("10.6.6.6:4001", "10.0.0.2:80").flags("FPU").toIp());
    trace.send(TcpSegment.between("10.6.6.6:4002", "10.0.0.2:80").flags("SF").toIp());
    trace.send(TcpSegment.between("10.0.0.9:4003", "10.0.0.2:80").flags("S").seq(9).toIp().ttl(2));
    trace.send(
        UdpDatagram.between("10.0.0.1:5353", "10.0.0.2:53").payload("not for tcp rules").toIp());
    trace.send(Ipv4Datagram.from("10.0.0.1", "10.0.0.2").protocol(89).payload("ospf"));
    return trace;
  }

  private static Trace flowReport() {
    Trace trace = new Trace();
    web(trace.conversation("10.0.0.1:40000", "10.0.0.2:80"), "a".repeat(5000));
    web(trace.conversation("10.0.0.3:40001", "10.0.0.2:80"), "b".repeat(70));
    Conversation open = trace.conversation("10.0.0.4:40002", "10.0.0.5:6000").handshake();
    open.up("still open when the capture ends").downAck();
    return trace;
  }

  private static Trace bannerReset() {
    Trace trace = new Trace();
    Conversation modern = trace.conversation("10.0.0.1:40000", "10.0.0.2:22").handshake();
    modern.down("SSH-2.0-Example_9\r\n").up("SSH-2.0-Client\r\n").fin();
    Conversation old = trace.conversation("10.0.0.1:40001", "10.0.0.3:22").handshake();
    old.down("SSH-1").down(".5-Ancient\r\n").up("SSH-1.5-Client\r\n").down("key").upAck();
    return trace;
  }

  private static Trace sniReader() {
    Trace trace = new Trace();
    Conversation good = trace.conversation("10.0.0.1:40000", "10.0.0.2:443").segmentBytes(40);
    good.handshake().up(ClientHello.withServerName("www.good.example")).downAck().fin();
    Conversation bad = trace.conversation("10.0.0.1:40001", "10.0.0.3:443").handshake();
    bad.up(ClientHello.withServerName("www.bad.example")).down("never seen").fin();
    Conversation odd = trace.conversation("10.0.0.1:40002", "10.0.0.4:443").handshake();
    odd.up("GET / HTTP/1.0\r\n\r\n").down("400").fin();
    return trace;
  }

  private static Trace ipv6Watch() {
    Trace trace = new Trace().over(Encapsulation.vlan(7));
    Conversation mixed =
        trace.conversation("[2001:db8::1]:40000", "[2001:db8::2]:8080").handshake();
    mixed.up("hello over IPv6").fragment(16).down("hello back").upAck().fin();
    trace.conversation("10.0.0.1:40001", "10.0.0.2:8080").handshake().up("hello over IPv4").fin();
    return trace;
  }
}
