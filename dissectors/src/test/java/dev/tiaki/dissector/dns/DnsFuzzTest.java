package dev.tiaki.dissector.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.dissector.fuzz.Mutations;
import dev.tiaki.traffic.DnsBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Broken messages never break the reader; what can be read is written back as it was. */
class DnsFuzzTest {
  private static final List<byte[]> SEEDS =
      List.of(
          DnsBytes.query(1, "www.example.org", 1).bytes(),
          DnsBytes.response(2, "example.org", 5)
              .answer("example.org", 5, "0161 c00c")
              .answer("example.org", 1, "0a000001")
              .bytes(),
          DnsBytes.response(3, "a.b", 6)
              .answer("a.b", 6, "0161 00 c00c 00000001 00000002 00000003 00000004 00000005")
              .answer("a.b", 15, "000a 026d78 c00c")
              .answer("a.b", 33, "0001 0002 1f90 0161 00")
              .bytes(),
          DnsBytes.response(4, "a", 47)
              .answer("a", 47, "0161 00 0006 400000000003")
              .answer("a", 50, "01 00 000a 02 aabb 01 cc 0001 40")
              .answer("a", 65, "0001 00 0001 0003 02 6832 0003 0002 01bb")
              .record(3, ".", 41, new byte[] {0, 10, 0, 1, 9})
              .bytes());

  @Test
  void whatever_can_be_read_is_written_back_octet_for_octet_and_anew_with_the_same_content() {
    Mutations.run(SEEDS, DnsFuzzTest::read);
  }

  private static void read(byte[] input) {
    if (!(DnsMessage.parse(input, 0, input.length) instanceof DnsParse.Parsed parsed)) {
      return;
    }
    DnsMessage message = parsed.message();
    assertThat(message.encode()).isEqualTo(input);
    message.setId(message.id());
    assertThat(message.encode()).isEqualTo(input);
    if (message.unfittingRecords() > 0) {
      return; // what it is nobody knows: pointers in it would lead elsewhere
    }
    message.rebuild();
    byte[] anew = message.encode();
    if (anew.length > DnsMessage.MAX_BYTES) {
      return; // pointers made it small
    }
    DnsMessage again = DnsMessageTest.parsed(anew);
    assertThat(again.flags()).isEqualTo(message.flags());
    for (int i = 0; i < message.questions().size(); i++) {
      assertThat(again.questions().get(i).name()).isEqualTo(message.questions().get(i).name());
    }
    for (DnsSection section :
        List.of(DnsSection.ANSWER, DnsSection.AUTHORITY, DnsSection.ADDITIONAL)) {
      for (int i = 0; i < message.records(section).size(); i++) {
        assertThat(again.records(section).get(i))
            .matches(message.records(section).get(i)::isSameAs);
      }
    }
  }
}
