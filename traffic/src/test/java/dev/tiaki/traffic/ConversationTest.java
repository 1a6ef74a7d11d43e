package dev.tiaki.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static Conversation web() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80");
  }

  private static List<String> lines(Conversation conversation) {
    return Transcript.of(conversation.frames());
  }

  @Test
  void a_whole_connection_reads_as_its_transcript() {
    assertThat(lines(web().handshake().up("GET /").down("200").upAck().fin()))
        .containsExactly(
            "1234 > 80 S seq 1000",
            "80 > 1234 SA seq 5000 ack 1001",
            "1234 > 80 A seq 1001 ack 5001",
            "1234 > 80 PA seq 1001 ack 5001 \"GET /\"",
            "80 > 1234 PA seq 5001 ack 1006 \"200\"",
            "1234 > 80 A seq 1006 ack 5004",
            "1234 > 80 FA seq 1006 ack 5004",
            "80 > 1234 FA seq 5004 ack 1007",
            "1234 > 80 A seq 1007 ack 5005");
  }

  @Test
  void long_data_is_cut_into_segments_and_the_last_one_pushes() {
    assertThat(lines(web().segmentBytes(4).up("abcdefghij")))
        .containsExactly(
            "1234 > 80 A seq 1001 ack 5001 \"abcd\"",
            "1234 > 80 A seq 1005 ack 5001 \"efgh\"",
            "1234 > 80 PA seq 1009 ack 5001 \"ij\"");
  }

  @Test
  void lost_data_is_not_acknowledged_until_it_is_sent_again() {
    assertThat(lines(web().up("ab").up("cd").lose().up("ef").downAck().upAt(2, "cd").downAck()))
        .containsExactly(
            "1234 > 80 PA seq 1001 ack 5001 \"ab\"",
            "1234 > 80 PA seq 1005 ack 5001 \"ef\"",
            "80 > 1234 A seq 5001 ack 1003",
            "1234 > 80 PA seq 1003 ack 5001 \"cd\"",
            "80 > 1234 A seq 5001 ack 1007");
  }

  @Test
  void swapped_frames_keep_rising_times() {
    Conversation swapped = web().up("ab").up("cd").swap();
    assertThat(lines(swapped).getFirst()).contains("cd");
    assertThat(swapped.frames()).extracting(Frame::nanos).isSorted();
  }

  @Test
  void shuffled_frames_are_the_same_frames() {
    Conversation shuffled = web().segmentBytes(1).up("abcdef");
    shuffled.trace().shuffle(6, new Random(1));
    assertThat(lines(shuffled))
        .containsExactlyInAnyOrderElementsOf(lines(web().segmentBytes(1).up("abcdef")))
        .isNotEqualTo(lines(web().segmentBytes(1).up("abcdef")));
  }

  @Test
  void sequence_numbers_wrap_around() {
    assertThat(lines(web().initialSeq(-2, 5000).up("abc").downAck()))
        .containsExactly(
            "1234 > 80 PA seq 4294967295 ack 5001 \"abc\"", "80 > 1234 A seq 5001 ack 2");
  }

  @Test
  void a_syn_with_data_counts_the_data_after_the_syn() {
    assertThat(lines(web().syn("hi").synAck().up("more")))
        .containsExactly(
            "1234 > 80 S seq 1000 \"hi\"",
            "80 > 1234 SA seq 5000 ack 1003",
            "1234 > 80 PA seq 1003 ack 5001 \"more\"");
  }

  @Test
  void a_stray_segment_moves_nothing() {
    assertThat(lines(web().upStray(s -> s.payload("evil").checksum(1)).up("good")))
        .containsExactly(
            "1234 > 80 A seq 1001 ack 5001 \"evil\"", "1234 > 80 PA seq 1001 ack 5001 \"good\"");
  }

  @Test
  void timestamps_are_those_of_the_clock_and_echo_the_other_end() {
    List<Frame> frames = web().withTimestamps().handshake().frames();
    byte[] synAck = frames.get(1).network();
    byte[] ack = frames.get(2).network();
    int valueAt = synAck.length - 4 - 8; // before it the MSS option ends the header
    assertThat(ack.length).isEqualTo(20 + 32);
    assertThat(synAck[valueAt - 2]).isEqualTo((byte) 8);
  }

  @Test
  void the_same_code_gives_the_same_bytes() {
    assertThat(web().handshake().up("x").trace().toPcap())
        .isEqualTo(web().handshake().up("x").trace().toPcap());
  }

  @Test
  void ipv6_conversations_have_the_same_transcript() {
    Conversation six = Conversation.between("[2001:db8::1]:1234", "[2001:db8::2]:80");
    assertThat(lines(six.handshake().up("x"))).isEqualTo(lines(web().handshake().up("x")));
  }
}
