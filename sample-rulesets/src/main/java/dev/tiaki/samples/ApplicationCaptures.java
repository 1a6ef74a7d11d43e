package dev.tiaki.samples;

import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.DnsBytes;
import dev.tiaki.traffic.TlsBytes;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.UdpDatagram;

/** The captures of the samples about application protocols. */
final class ApplicationCaptures {
  private static final int A = 1;
  private static final int CNAME = 5;
  private static final int HTTPS = 65;
  private static final int TLS12 = 0x0303;
  private static final int TLS13 = 0x0304;

  private ApplicationCaptures() {}

  static Trace classicFilter() {
    Trace trace = new Trace();
    SampleCaptures.web(trace.conversation("192.168.10.5:40001", "192.168.20.1:80"), "allowed");
    Conversation ssh = trace.conversation("192.168.10.6:40002", "192.168.20.1:22").handshake();
    ssh.down("SSH-2.0-Example\r\n").up("SSH-2.0-Client\r\n").downAck().fin();
    SampleCaptures.web(trace.conversation("192.168.10.200:40003", "192.168.20.1:80"), "stranger");
    Conversation telnet = trace.conversation("192.168.10.5:40004", "192.168.20.1:23").handshake();
    telnet.down("login: ").up("root\r\n");
    return trace;
  }

  static Trace dnsGuard() {
    Trace trace = new Trace();
    ask(trace, 4001, DnsBytes.query(1, "www.example.org", A));
    answer(
        trace,
        4001,
        DnsBytes.response(1, "www.example.org", A)
            .answer("www.example.org", CNAME, "0468 6f73 7407 6578 616d 706c 6503 6f72 6700")
            .answer("host.example.org", A, "c000 0201"));
    Conversation stream = trace.conversation("10.0.0.1:40000", "10.0.0.53:53").handshake();
    stream.up(DnsBytes.query(2, "CDN.Malware.example", A).framed());
    DnsBytes unwanted = DnsBytes.response(2, "CDN.Malware.example", A);
    stream.down(unwanted.answer("CDN.Malware.example", A, "cb00 7107").framed()).upAck();
    stream.up(DnsBytes.query(3, "www.example.org", HTTPS).framed());
    DnsBytes service = DnsBytes.response(3, "www.example.org", HTTPS);
    stream.down(service.answer("www.example.org", HTTPS, "0001 00 0001 0003 02 6832").framed());
    stream.upAck().fin();
    answer(trace, 4003, DnsBytes.response(9, "www.example.org", A));
    trace.send(UdpDatagram.between("10.0.0.1:4004", "10.0.0.53:53").payload("no message").toIp());
    return trace;
  }

  static Trace mailDissector() {
    Trace trace = new Trace();
    Conversation mail = trace.conversation("10.0.0.1:40001", "10.0.0.25:25").handshake();
    mail.down("220 mail.example ESMTP\r\n").up("EHLO client.example\r\n");
    mail.down("250-mail.example\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
    mail.up("MAIL FROM:<a@client.example>\r\nRCPT TO:<b@mail.example>\r\nDATA\r\n");
    mail.down("250 fine\r\n250 fine\r\n").down("354 go ahead\r\n");
    mail.up("Subject: hello\r\n\r\nthe word is sword").up("fish\r\nbye\r\n.\r\nQUIT\r\n");
    mail.down("250 taken\r\n221 bye\r\n").upAck().fin();
    Conversation chunks = trace.conversation("10.0.0.2:40002", "10.0.0.25:25").handshake();
    chunks
        .down("220 mail.example ESMTP\r\n")
        .up("EHLO client.example\r\n")
        .down("250 CHUNKING\r\n");
    chunks.up("BDAT 5\r\nhelloBDAT 0 LAST\r\n").down("250 5\r\n250 done\r\n");
    chunks.up("STARTTLS\r\n").down("220 go\r\n").up("\u0016\u0003\u0001").down("\u0016").fin();
    Conversation spam = trace.conversation("10.0.0.3:40003", "10.0.0.25:25").handshake();
    spam.down("220 mail.example ESMTP\r\n").up("HELO x\r\n").down("250 x\r\n");
    spam.up("MAIL FROM:<x@spam.example>\r\n")
        .down("250 fine\r\n")
        .up("RCPT TO:<b@mail.example>\r\n");
    Conversation web = trace.conversation("10.0.0.4:40004", "10.0.0.25:25").handshake();
    web.down("220 mail.example ESMTP\r\n").up("<html>\r\n").down("500 what?\r\n");
    return trace;
  }

  private static void ask(Trace trace, int port, DnsBytes query) {
    trace.send(
        UdpDatagram.between("10.0.0.1:" + port, "10.0.0.53:53").payload(query.bytes()).toIp());
  }

  private static void answer(Trace trace, int port, DnsBytes response) {
    trace.send(
        UdpDatagram.between("10.0.0.53:53", "10.0.0.1:" + port).payload(response.bytes()).toIp());
  }

  static Trace tlsWatch() {
    Trace trace = new Trace();
    Conversation modern = trace.conversation("10.0.0.1:40000", "10.0.0.2:443").segmentBytes(60);
    modern.handshake().up(handshake(client("www.good.example").ofClient()));
    modern.segmentBytes(1460).down(handshake(TlsBytes.hello(TLS12).chosen(TLS13).ofServer()));
    modern.up(TlsBytes.record(23, new byte[40])).down(TlsBytes.record(23, new byte[400])).fin();
    Conversation unwanted = trace.conversation("10.0.0.1:40001", "10.0.0.3:443").handshake();
    unwanted.up(handshake(client("www.bad.example").ofClient())).up("never seen");
    Conversation hidden = trace.conversation("10.0.0.1:40002", "10.0.0.4:443").handshake();
    hidden.up(handshake(client("front.example").extension(0xfe0d, new byte[12]).ofClient()));
    hidden.down(handshake(TlsBytes.hello(TLS12).chosen(TLS13).ofServer())).fin();
    Conversation old = trace.conversation("10.0.0.1:40003", "10.0.0.5:443").handshake();
    old.up(handshake(TlsBytes.hello(0x0301).serverName("old.example").ofClient()));
    old.down(handshake(TlsBytes.hello(0x0301).ciphers(0x002f).ofServer()));
    old.up(TlsBytes.record(20, new byte[] {1})).up(TlsBytes.record(22, new byte[40])).fin();
    return trace;
  }

  private static TlsBytes client(String name) {
    return TlsBytes.hello(TLS12)
        .serverName(name)
        .list(10, 29, 23)
        .list(13, 0x0403, 0x0804)
        .protocols("h2", "http/1.1")
        .versions(TLS13, TLS12);
  }

  private static byte[] handshake(byte[] message) {
    return TlsBytes.record(22, message);
  }
}
