package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dissector of a rule file that puts packets in order itself, by {@code tcp.tcp_stream()}. */
class TcpStreamRulesTest {
  private static final int TCP_SEQUENCE = 14 + 20 + 4;
  private static final int TCP_ACKNOWLEDGMENT = TCP_SEQUENCE + 4;

  /** Both directions of port 80; {@code edit(current, stream)} sees each piece, if there is one. */
  private static final String PLAIN =
      """
      local tcp = require('protocol/tcp')
      local Plain = haka.dissector.new{ name = 'plain', type = haka.helper.PacketDissector }
      streams = { up = tcp.tcp_stream(), down = tcp.tcp_stream() }
      function Plain.method:receive()
        local pkt = self._parent
        local up = pkt.dstport == 80
        local own = up and streams.up or streams.down
        local other = up and streams.down or streams.up
        if pkt.flags.syn then
          own:init(pkt.seq + 1)
          return pkt:send()
        end
        local current = own:push(pkt)
        if edit and current and current:available() > 0 then edit(current, own) end
        local ready = own:pop()
        while ready do
          other:ack(ready)
          if ready:can_continue() then ready:send() end
          ready = own:pop()
        end
      end
      haka.policy{ on = haka.dissectors.tcp.policies.next_dissector,
        action = haka.dissectors.plain.install }
      """;

  private static Conversation conversation() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80").handshake();
  }

  private static RuleReplay plain(String... lines) {
    return new RuleReplay().rules(PLAIN + String.join("\n", lines));
  }

  private static String payload(byte[] frame) {
    int header = TCP_SEQUENCE - 4 + ((frame[TCP_SEQUENCE + 8] & 0xf0) >> 2);
    return new String(frame, header, frame.length - header, ISO_8859_1);
  }

  private static int number(byte[] frame, int offset) {
    return ByteBuffer.wrap(frame).getInt(offset);
  }

  private static List<Frame> swapped(List<Frame> frames, int one, int two) {
    List<Frame> order = new ArrayList<>(frames);
    Frame first = order.set(one, order.get(two));
    order.set(two, first);
    return order;
  }

  @Test
  void packets_leave_in_order() {
    RuleReplay replay =
        plain("edit = function (current) print(current:sub('available'):asstring()) end");
    replay.receive(swapped(conversation().up("one ").up("two ").up("three").frames(), 3, 5));
    assertThat(replay.text()).isEqualTo("one two three");
    assertThat(replay.sent.stream().skip(3).map(TcpStreamRulesTest::payload))
        .containsExactly("one ", "two ", "three");
    assertThat(replay.verdicts)
        .containsExactly("accept 1", "accept 2", "accept 3", "accept 6", "accept 5", "accept 4");
    assertThat(replay.defects).isEmpty();
  }

  @Test
  void edits_move_the_numbers_behind_them_in_both_directions() {
    List<Frame> frames = conversation().up("abc").down("ok").up("def").frames();
    RuleReplay replay =
        plain(
            "haka.rule{ on = haka.dissectors.tcp.events.receive_packet, eval = function (pkt)",
            "  if pkt.srcport == 80 and not pkt.flags.syn then",
            "    pkt.ack_seq = pkt.ack_seq + 3 -- as a receiver does that got all",
            "  end",
            "end }",
            "edit = function (current)",
            "  local piece = current:copy():sub('available')",
            "  if piece:asstring() == 'abc' then",
            "    current:insert(haka.vbuffer_from('xyz'))",
            "  end",
            "end");
    replay.receive(frames);
    assertThat(replay.sent.stream().skip(3).map(TcpStreamRulesTest::payload))
        .containsExactly("xyzabc", "ok", "def");
    int first = number(frames.get(3).bytes(), TCP_SEQUENCE);
    assertThat(number(replay.sent.get(5), TCP_SEQUENCE)).isEqualTo(first + 6);
    assertThat(number(replay.sent.get(4), TCP_ACKNOWLEDGMENT)).isEqualTo(first + 3);
  }

  @Test
  void a_packet_of_which_everything_was_erased_comes_out_dropped() {
    RuleReplay replay = plain("edit = function (current) current:sub('available'):erase() end");
    replay.receive(conversation().up("abc").frames());
    assertThat(replay.verdicts.getLast()).isEqualTo("drop 4 EMPTIED");
  }

  @Test
  void bytes_that_are_known_are_dropped_with_a_warning() {
    List<Frame> frames = new ArrayList<>(conversation().up("abc").frames());
    frames.add(frames.getLast());
    RuleReplay replay = plain().receive(frames);
    assertThat(replay.verdicts).endsWith("accept 4", "drop 5 RETRANSMISSION");
    assertThat(replay.text()).contains("warn tcp: retransmit packet (ignored)");
  }

  @Test
  void two_copies_of_an_early_packet_do_not_stop_the_stream() {
    List<Frame> frames = new ArrayList<>(conversation().up("abc").up("def").frames());
    frames.add(3, frames.getLast());
    frames.add(4, frames.getLast());
    RuleReplay replay = plain().receive(frames.subList(0, 6));
    assertThat(replay.verdicts).endsWith("drop 5 RETRANSMISSION", "accept 6", "accept 4");
  }

  @Test
  void a_mark_keeps_packets_until_it_is_removed() {
    RuleReplay replay =
        plain(
            "local mark",
            "edit = function (current)",
            "  if not mark then current:mark() mark = current:copy()",
            "  else mark:unmark() end",
            "end");
    replay.receive(conversation().up("abc").frames());
    assertThat(replay.verdicts).hasSize(3);
    replay.receive(conversation().up("abc").up("def").frames().subList(4, 5));
    assertThat(replay.sent.stream().skip(3).map(TcpStreamRulesTest::payload))
        .containsExactly("abc", "def");
  }

  @Test
  void the_last_number_counts_edits() {
    RuleReplay replay =
        plain(
            "local first",
            "edit = function (current, own)",
            "  first = first or own.lastseq",
            "  print(own.lastseq - first)",
            "  current:insert(haka.vbuffer_from('xy'))",
            "end");
    replay.receive(conversation().up("abc").up("d").frames());
    assertThat(replay.text()).endsWith("0\n5");
  }

  @Test
  void clearing_drops_what_waits_and_the_stream_may_begin_anew() {
    RuleReplay replay = plain("edit = function (current, own) own:clear() end");
    replay.receive(conversation().up("abc").frames());
    assertThat(replay.verdicts).contains("drop 4 RULE");
    replay.receive(conversation().up("abc").up("d").frames().subList(4, 5));
    assertThat(replay.text()).contains("uninitialized stream");
    assertThat(replay.defects).isEmpty();
  }

  @Test
  void what_never_leaves_is_dropped_at_the_end() {
    List<Frame> frames = conversation().up("abc").up("def").frames();
    RuleReplay replay = plain().receive(List.of(frames.get(0), frames.get(4)));
    assertThat(replay.verdicts).containsExactly("accept 1");
    replay.finish();
    assertThat(replay.verdicts).containsExactly("accept 1", "drop 2 INCOMPLETE");
  }

  @Test
  void a_rule_that_keeps_every_packet_loses_the_oldest() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local stream = require('protocol/tcp').tcp_stream()",
        "haka.rule{ on = haka.dissectors.tcp.events.receive_packet, eval = function (pkt)",
        "  if pkt.flags.syn then stream:init(pkt.seq + 1) else stream:push(pkt) end",
        "end }");
    Conversation long_ = conversation();
    for (int i = 0; i < 4200; i++) {
      long_.up("x");
    }
    replay.receive(
        long_.frames().stream()
            .filter(frame -> number(frame.bytes(), TCP_SEQUENCE - 4) >>> 16 == 1234)
            .toList());
    assertThat(replay.verdicts.stream().filter(verdict -> verdict.endsWith("BOUND")))
        .hasSize(4201 - 4096)
        .first()
        .isEqualTo("drop 2 BOUND");
    replay.finish();
    assertThat(replay.verdicts.stream().filter(verdict -> verdict.endsWith("INCOMPLETE")))
        .hasSize(4096);
    assertThat(replay.defects).isEmpty();
  }

  @Test
  void packets_of_connections_are_in_order_already() {
    RuleReplay replay = new RuleReplay();
    replay.rules(
        "local stream = require('protocol/tcp').tcp_stream()",
        "stream:init(1)",
        "haka.rule{ on = haka.dissectors.tcp_connection.events.receive_packet,",
        "  eval = function (flow, pkt) print(pcall(stream.push, stream, pkt)) end }");
    replay.receive(conversation().frames().subList(0, 1));
    assertThat(replay.text()).isEqualTo("false operation not supported");
    assertThat(replay.verdicts).containsExactly("accept 1");
  }
}
