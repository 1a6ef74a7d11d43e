package dev.tiaki.bench.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.traffic.DnsBytes;
import dev.tiaki.traffic.TlsBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Good exchanges of the protocols on top. */
final class ApplicationSeeds {
  private ApplicationSeeds() {}

  private static Piece up(String text) {
    return Piece.up(text.getBytes(ISO_8859_1));
  }

  private static Piece down(String text) {
    return Piece.down(text.getBytes(ISO_8859_1));
  }

  static List<List<Piece>> dns() {
    DnsBytes plain =
        DnsBytes.response(1, "www.example.org", 1)
            .answer("www.example.org", 5, "0161 c010")
            .answer("a.example.org", 1, "0a000001")
            .record(3, ".", 41, new byte[] {0, 10, 0, 1, 9});
    DnsBytes signed =
        DnsBytes.response(2, "a", 47)
            .answer("a", 47, "0161 00 0006 400000000003")
            .answer("a", 50, "01 00 000a 02 aabb 01 cc 0001 40")
            .answer("a", 46, "0001 08 01 00000e10 60000000 50000000 1234 0161 00 aabbcc")
            .answer("a", 65, "0001 00 0001 0003 02 6832 0003 0002 01bb");
    DnsBytes mixed =
        DnsBytes.response(3, "a.b", 6)
            .answer("a.b", 6, "0161 00 c00c 00000001 00000002 00000003 00000004 00000005")
            .answer("a.b", 15, "000a 026d78 c00c")
            .answer("a.b", 33, "0001 0002 1f90 0161 00")
            .answer("a.b", 16, "0161 026263")
            .answer("a.b", 35, "0001 0002 0173 0141 00 00");
    return List.of(
        List.of(query(1, "www.example.org", 1), Piece.down(plain.bytes())),
        List.of(query(2, "a", 47), Piece.down(signed.bytes())),
        List.of(query(3, "a.b", 6), Piece.down(mixed.bytes())));
  }

  private static Piece query(int id, String name, int type) {
    return Piece.up(DnsBytes.query(id, name, type).bytes());
  }

  static List<List<Piece>> dnsStream() {
    return dns().stream()
        .map(pieces -> pieces.stream().map(ApplicationSeeds::framed).toList())
        .toList();
  }

  private static Piece framed(Piece piece) {
    byte[] message = piece.octets();
    byte[] framed = new byte[2 + message.length];
    framed[0] = (byte) (message.length >>> 8);
    framed[1] = (byte) message.length;
    System.arraycopy(message, 0, framed, 2, message.length);
    return piece.with(framed);
  }

  static List<List<Piece>> http() {
    return List.of(
        List.of(
            up("GET /a?b=c&d#e HTTP/1.1\r\nHost: x\r\nCookie: a=b; c=d\r\nLong: a,\r\n b\r\n\r\n"),
            down("HTTP/1.1 200 OK\r\nSet-Cookie: q=1\r\nContent-Length: 5\r\n\r\nhello"),
            up("HEAD /c HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
            down("HTTP/1.0 200 OK\r\nContent-Length: 7\r\n\r\n")),
        List.of(
            up("POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"),
            up("5;x=y\r\nabcde\r\n0\r\nT: 1\r\n\r\nGET /pipelined HTTP/1.1\r\n\r\n"),
            down("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\n"),
            down(
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nHTTP/1.0 200 OK\r\n\r\nall")),
        List.of(
            up("GET /zip HTTP/1.1\r\nAccept-Encoding: gzip\r\n\r\n"),
            Piece.down(zipped("compressed, compressed, compressed"))),
        List.of(
            up("GET /ws HTTP/1.1\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"),
            down("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n"),
            up("\u0081\u0005hello")),
        List.of(
            up("CONNECT h:443 HTTP/1.1\r\n\r\n"), down("HTTP/1.1 200 OK\r\n\r\n"), up("anything")));
  }

  private static byte[] zipped(String text) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
      gzip.write(text.getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    String head =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.size() + "\r\n\r\n";
    message.writeBytes(head.getBytes(ISO_8859_1));
    message.writeBytes(body.toByteArray());
    return message.toByteArray();
  }

  static List<List<Piece>> tls() {
    byte[] client =
        TlsBytes.hello(0x0303)
            .ciphers(0x0a0a, 0x1301, 0xc02f)
            .serverName("www.example.org")
            .list(10, 29, 23)
            .list(13, 0x0403, 0x0804)
            .protocols("h2", "http/1.1")
            .versions(0x0304, 0x0303)
            .ofClient();
    byte[] server = TlsBytes.hello(0x0303).chosen(0x0304).ofServer();
    byte[] older = TlsBytes.hello(0x0303).protocols("h2").ofServer();
    byte[] certificates = TlsBytes.certificates(new byte[40], new byte[3]);
    return List.of(
        List.of(
            Piece.up(TlsBytes.record(22, client)),
            Piece.down(TlsBytes.record(22, server)),
            Piece.up(TlsBytes.record(20, new byte[] {1})),
            Piece.up(TlsBytes.record(23, new byte[30]))),
        List.of(
            Piece.up(TlsBytes.records(50, client)),
            Piece.down(TlsBytes.records(30, older)),
            Piece.down(TlsBytes.record(22, certificates)),
            Piece.down(TlsBytes.record(22, TlsBytes.message(14, new byte[0]))),
            Piece.down(TlsBytes.record(21, new byte[] {1, 0}))));
  }

  static List<List<Piece>> smtp() {
    return List.of(
        List.of(
            down("220 mail.example ESMTP\r\n"),
            up("EHLO client\r\n"),
            down("250-mail.example\r\n250-PIPELINING\r\n250 CHUNKING\r\n"),
            up("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n"),
            down("250 ok\r\n250 ok\r\n354 go\r\n"),
            up("Subject: x\r\n\r\n..dots\r\nbody\r\n.\r\n"),
            down("250 queued\r\n")),
        List.of(
            down("220 x\r\n"),
            up("MAIL FROM:<>\r\nBDAT 5\r\nabcdeBDAT 3 LAST\r\nxyz"),
            down("250 a\r\n250 b\r\n250 c\r\n"),
            up("AUTH LOGIN\r\n"),
            down("334 VXNlcm5hbWU6\r\n"),
            up("Zm9v\r\n"),
            down("535 no\r\n"),
            up("STARTTLS\r\n"),
            down("220 go\r\n"),
            Piece.up(
                TlsBytes.record(22, TlsBytes.hello(0x0303).serverName("mail.example").ofClient())),
            Piece.down(TlsBytes.record(22, TlsBytes.hello(0x0303).ofServer()))));
  }
}
