package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.DnsBytes;
import dev.tiaki.traffic.Frame;
import dev.tiaki.traffic.Trace;
import dev.tiaki.traffic.UdpDatagram;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DNS messages as rules read and write them. */
class DnsRulesTest {
  private static final String CLIENT = "10.0.0.1:4000";
  private static final String SERVER = "10.0.0.2:53";

  private static List<Frame> frames(DnsBytes query, DnsBytes response) {
    return new Trace()
        .send(UdpDatagram.between(CLIENT, SERVER).payload(query.bytes()).toIp())
        .send(UdpDatagram.between(SERVER, CLIENT).payload(response.bytes()).toIp())
        .frames();
  }

  private static DnsBytes query() {
    return DnsBytes.query(7, "www.example.org", 1);
  }

  private static DnsBytes response() {
    return DnsBytes.response(7, "www.example.org", 1)
        .answer("www.example.org", 5, "0161 00")
        .answer("a", 1, "0a000001")
        .answer("a", 28, "20010db8000000000000000000000001");
  }

  private static RuleReplay rules(RuleReplay replay, String... lines) {
    replay.rules("local dns = require('protocol/dns')");
    replay.rules(lines);
    replay.text();
    return replay;
  }

  @Test
  void queries_and_responses_are_read() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "local e = haka.dissectors.dns.events",
            "haka.rule{ on = e.query, eval = function (dns, q)",
            "  print(dns.srcip, dns.dstport, q.id, q.qr, q.rd, q.opcode, q.qdcount, #q.answer)",
            "  print(q.question.name, q.question.type, q.question.class, #q.questions)",
            "  q.mine = 'kept'",
            "end }",
            "haka.rule{ on = e.response, eval = function (dns, r, q)",
            "  print(r.qr, r.ra, r.rcode, r.ancount, q.mine)",
            "  for _, a in ipairs(r.answer) do",
            "    print(a.owner, a.name, a.type, a.ttl, a.length, a.ip)",
            "  end",
            "end }");
    replay.receive(frames(query(), response()));
    assertThat(replay.text())
        .isEqualTo(
            """
            10.0.0.1 53 7 false true 0 1 0
            www.example.org. A 1 1
            true true 0 3 kept
            www.example.org. a. CNAME 60 3 nil
            a. a. A 60 4 10.0.0.1
            a. a. AAAA 60 16 2001:db8::1\
            """);
    assertThat(replay.verdicts).containsExactly("accept 1", "accept 2");
  }

  @Test
  void everything_that_rules_may_change_leaves_changed() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "local ipv4 = require('protocol/ipv4')",
            "haka.rule{ on = haka.dissectors.dns.events.response, eval = function (dns, r)",
            "  r.rcode = 3; r.aa = true; r.ra = false",
            "  r.question.name = 'elsewhere.example.org.'",
            "  r.answer[1].name = 'b.'",
            "  r.answer[2].ip = ipv4.addr('10.0.0.9')",
            "  r.answer[2].ttl = 61",
            "end }",
            "haka.rule{ on = haka.dissectors.dns.events.response, eval = function (dns, r)",
            "  print(r.rcode, r.aa, r.ra, r.question.name, r.answer[1].name, r.answer[2].ip)",
            "end }");
    replay.receive(frames(query(), response()));
    assertThat(replay.text()).isEqualTo("3 true false elsewhere.example.org. b. 10.0.0.9");
    RuleReplay again =
        rules(
            new RuleReplay(EngineMode.OBSERVE),
            "haka.rule{ on = haka.dissectors.dns.events.mismatching_response,",
            "  eval = function (dns, r) print(r.rcode, r.question.name, r.answer[1].owner,",
            "    r.answer[1].name, r.answer[2].ip, r.answer[2].ttl, r.answer[3].ip) end }");
    again.receive(new Trace().sendFrame(replay.sent.get(1)).frames());
    assertThat(again.text())
        .isEqualTo("3 elsewhere.example.org. www.example.org. b. 10.0.0.9 61 2001:db8::1");
  }

  @Test
  void records_of_newer_types_have_their_fields() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "haka.rule{ on = haka.dissectors.dns.events.response, eval = function (dns, r)",
            "  local a = r.answer",
            "  print(a[1].type, a[1].priority, a[1].port, a[1].target)",
            "  print(a[2].type, table.concat(a[2].types, ' '), a[2].next)",
            "  print(a[3].type, a[3].params[1].code, a[3].params[1].data)",
            "  print(a[4].strings[1], a[4].strings[2], #a[4].data)",
            "  print(a[5].type, a[5].unknown:asstring())",
            "  local opt = r.additional[1]",
            "  print(opt.type, opt.udp_size, opt.dnssec_ok, opt.options[1].code)",
            "end }");
    replay.receive(
        frames(
            query(),
            DnsBytes.response(7, "a", 1)
                .answer("a", 33, "0001 0002 1f90 0161 00")
                .answer("a", 47, "0161 00 0006 400000000003")
                .answer("a", 64, "0001 00 0001 0003 02 6832")
                .answer("a", 16, "02 6869 03 616263")
                .answer("a", 1234, "6869")
                .record(3, ".", 41, new byte[] {0, 10, 0, 1, 9})));
    assertThat(replay.text())
        .isEqualTo(
            """
            SRV 1 8080 a.
            NSEC A RRSIG NSEC a.
            SVCB 1 \2h2
            hi abc 7
            1234 hi
            OPT 1 false 10\
            """);
  }

  @Test
  void plain_octets_can_be_edited_through_their_buffer() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "haka.rule{ on = haka.dissectors.dns.events.response, eval = function (dns, r)",
            "  r.answer[1].unknown:setstring('longer')",
            "end }");
    replay.receive(frames(query(), DnsBytes.response(7, "a", 1).answer("a", 1234, "6869")));
    assertThat(replay.sent.get(1)).endsWith('l', 'o', 'n', 'g', 'e', 'r');
  }

  @Test
  void a_query_is_read_only_once_it_has_left() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "haka.rule{ on = haka.dissectors.dns.events.response, name = 'late',",
            "  eval = function (dns, r, q)",
            "    print(pcall(function () q.id = 1 end))",
            "    print(pcall(function () q.question.name = 'x' end))",
            "    print(pcall(function () r.answer[1].name = 'a..b' end))",
            "    print(pcall(function () r.answer[1].type = 'NONSENSE' end))",
            "    q.id = 2",
            "  end }");
    replay.receive(frames(query(), response()));
    assertThat(replay.text())
        .isEqualTo(
            """
            false read only buffer
            false read only buffer
            false invalid domain name 'a..b'
            false unknown type: NONSENSE
            error udp: read only buffer (rule 'late')\
            """);
    assertThat(replay.verdicts).containsExactly("accept 1", "drop 2 RULE_ERROR");
  }

  @Test
  void a_dropped_query_skips_the_rules_behind_it() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "local on = haka.dissectors.dns.events.query",
            "haka.rule{ on = on, eval = function (dns, q) print('one') q:drop() end }",
            "haka.rule{ on = on, eval = function (dns, q) print('two') end }");
    replay.receive(frames(query(), response()));
    assertThat(replay.text()).isEqualTo("one");
    assertThat(replay.verdicts).containsExactly("drop 1 RULE", "drop 2 POLICY");
    assertThat(replay.alerts.getFirst().description()).isEqualTo("dns: mismatching response");
  }

  @Test
  void messages_over_tcp_are_the_same() {
    RuleReplay replay =
        rules(
            new RuleReplay(),
            "haka.rule{ on = haka.dissectors.dns.events.query, eval = function (dns, q)",
            "  print(dns.srcport, dns.name, dns:parent().name, q.question.name) end }",
            "haka.rule{ on = haka.dissectors.dns.events.response, eval = function (dns, r)",
            "  print(r.answer[2].ip) end }");
    replay.receive(
        Conversation.between(CLIENT, SERVER)
            .handshake()
            .up(query().framed())
            .down(response().framed())
            .fin()
            .frames());
    assertThat(replay.text()).isEqualTo("4000 dns tcp_connection www.example.org.\n10.0.0.1");
  }

  @Test
  void as_haka_has_it_types_without_a_name_there_are_numbers_and_shown_as_buffers() {
    RuleReplay replay =
        rules(
            new RuleReplay(EngineMode.HAKA),
            "haka.rule{ on = haka.dissectors.dns.events.response, eval = function (dns, r)",
            "  debug.pprint(r.answer, { hide = debug.hide_underscore })",
            "end }");
    replay.receive(
        frames(query(), DnsBytes.response(7, "a", 1).answer("a", 33, "0001 0002 1f90 0161 00")));
    assertThat(replay.text())
        .isEqualTo(
            """
            class ArrayResult {
              1 : class Result {
                unknown : userdata vbuffer_sub
                class : 1
                length : 9
                name : "a."
                ttl : 60
                type : 33
              }
            }\
            """);
  }
}
