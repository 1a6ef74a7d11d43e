package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.TlsBytes;
import org.junit.jupiter.api.Test;

/** TLS handshakes as rules see them. */
class TlsRulesTest {
  private static Conversation talk() {
    return Conversation.between("10.0.0.1:4000", "10.0.0.2:443")
        .handshake()
        .up(
            TlsBytes.record(
                22,
                TlsBytes.hello(0x0303)
                    .serverName("www.example.org")
                    .protocols("h2")
                    .versions(0x0304)
                    .ofClient()))
        .down(TlsBytes.record(22, TlsBytes.hello(0x0303).chosen(0x0304).ofServer()))
        .up(TlsBytes.record(23, new byte[100]))
        .fin();
  }

  @Test
  void the_hellos_have_their_attributes() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local e = haka.dissectors.tls.events",
        "haka.rule{ on = e.client_hello, eval = function (tls)",
        "  print(tls.sni, tls.alpn[1], tls.version, tls.versions[1], #tls.ciphers, tls.cipher)",
        "  print(tls.ja3_text, #tls.ja3, tls.ja4, tls.ech, tls.grease, tls.srcip, tls.dstport)",
        "end }",
        "haka.rule{ on = e.server_hello, eval = function (tls)",
        "  print(tls.version, tls.cipher, tls.ja3s_text, tls.retry, tls.selected_alpn)",
        "end }",
        "haka.rule{ on = e.handshake, eval = function (tls) print('done', tls.sni) end }");
    replay.text();
    replay.receive(talk().frames());
    assertThat(replay.text())
        .isEqualTo(
            """
            www.example.org h2 TLS 1.3 772 2 nil
            771,4865-49199,0-16-43,, 32 t13d0203h2_f7e2c1ecf7ad_4c0a0c1e7c1f false false 10.0.0.1 443
            TLS 1.3 4865 771,4865,43 false nil
            done www.example.org\
            """
                .replaceAll("t13d0203h2_\\w+", ja4(replay)));
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
  }

  /** The fingerprint itself is pinned where it is made. */
  private static String ja4(RuleReplay replay) {
    RuleReplay other = new RuleReplay();
    other.rules(
        "haka.rule{ on = haka.dissectors.tls.events.client_hello,",
        "  eval = function (tls) print(tls.ja4) end }");
    other.text();
    other.receive(talk().frames());
    assertThat(replay.defects).isEmpty();
    return other.text();
  }

  @Test
  void a_connection_is_bypassed_after_the_handshake_or_dropped_by_its_name() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "haka.rule{ on = haka.dissectors.tls.events.handshake,",
        "  eval = function (tls) tls.flow:bypass() end }",
        "haka.rule{ on = haka.dissectors.tcp_connection.events.receive_data,",
        "  eval = function (flow, sub, direction) print(direction, #sub) end }");
    replay.text();
    replay.receive(talk().frames());
    assertThat(replay.text().lines()).as("the data behind the handshake is not seen").hasSize(2);
    assertThat(replay.verdicts).allMatch(verdict -> verdict.startsWith("accept"));
    RuleReplay dropping = new RuleReplay();
    dropping.rules(
        "haka.rule{ on = haka.dissectors.tls.events.client_hello, eval = function (tls)",
        "  if tls.sni:match('example') then tls:drop() end end }");
    dropping.receive(talk().frames());
    assertThat(dropping.verdicts.get(3)).startsWith("drop 4");
  }
}
