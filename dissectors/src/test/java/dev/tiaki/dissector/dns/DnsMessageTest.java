package dev.tiaki.dissector.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.traffic.DnsBytes;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsMessageTest {
  static DnsMessage parsed(byte[] bytes) {
    DnsParse parse = DnsMessage.parse(bytes, 0, bytes.length);
    assertThat(parse).isInstanceOf(DnsParse.Parsed.class);
    return ((DnsParse.Parsed) parse).message();
  }

  private static DnsParse.Malformed malformed(byte[] bytes) {
    return (DnsParse.Malformed) DnsMessage.parse(bytes, 0, bytes.length);
  }

  private static DnsRecord answer(DnsMessage message) {
    return message.records(DnsSection.ANSWER).getFirst();
  }

  private static String text(DnsRecord record) {
    StringBuilder text = new StringBuilder();
    RecordSchema schema = record.schema();
    if (schema == null) {
      return "raw";
    }
    for (int i = 0; i < schema.fields().size(); i++) {
      Object value = record.value(i);
      text.append(i == 0 ? "" : " ").append(schema.fields().get(i).name()).append('=');
      text.append(
          value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString());
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 0a000001 | ip=10.0.0.1",
        "28 | 20010db8000000000000000000000001 | ip=2001:db8::1",
        "2 | 026e730161 00 | name=ns.a.",
        "5 | 0162 00 | name=b.",
        "12 | 0162 00 | name=b.",
        "6 | 0161 00 0162 00 00000001 00000002 00000003 00000004 00000005 | mname=a. rname=b."
            + " serial=1 refresh=2 retry=3 expire=4 minimum=5",
        "15 | 000a 026d78 00 | pref=10 name=mx.",
        "16 | 03616263 | data=03616263",
        "33 | 0001 0002 1f90 0161 00 | priority=1 weight=2 port=8080 target=a.",
        "35 | 0001 0002 0175 01 45 00 0161 00 | order=1 preference=2 flags=75 service=45 regexp="
            + " replacement=a.",
        "257 | 00 05 6973737565 6c | flags=0 tag=6973737565 value=6c",
        "13 | 03 637075 02 6f73 | cpu=637075 os=6f73",
        "43 | 0102 05 01 aabb | key_tag=258 algorithm=5 digest_type=1 digest=aabb",
        "48 | 0101 03 08 aabb | flags=257 protocol=3 algorithm=8 key=aabb",
        "46 | 0001 08 02 00000e10 00000002 00000001 0007 0161 00 ff | type_covered=1 algorithm=8"
            + " labels=2 original_ttl=3600 expiration=2 inception=1 key_tag=7 signer=a."
            + " signature=ff",
        "47 | 0161 00 0006 400000000003 | next=a. types=[1; 46; 47]",
        "50 | 01 00 000a 02 aabb 01 cc 0001 40 | algorithm=1 flags=0 iterations=10 salt=aabb"
            + " next_hash=cc types=[1]",
        "52 | 03 01 01 aabb | usage=3 selector=1 matching=1 data=aabb",
        "17 | 0161 00 0162 00 | mbox=a. txt=b.",
      })
  void the_data_of_each_type_has_its_fields(int type, String data, String fields) {
    byte[] bytes = DnsBytes.response(7, "www.example.org", type).answer("a.b", type, data).bytes();
    DnsMessage message = parsed(bytes);
    assertThat(text(answer(message))).isEqualTo(fields.replace(';', ','));
    assertThat(message.encode()).isEqualTo(bytes);
    message.rebuild();
    assertThat(parsed(message.encode()).records(DnsSection.ANSWER).getFirst())
        .matches(answer(message)::isSameAs);
  }

  @Test
  void bindings_and_options_are_lists_of_numbered_octets() {
    byte[] https =
        DnsBytes.response(7, "a", 65)
            .answer("a", 65, "0001 00 0001 0003 02 6832 0003 0002 01bb")
            .bytes();
    DnsRecord record = answer(parsed(https));
    assertThat(record.value("priority")).isEqualTo(1L);
    assertThat(record.value("params"))
        .isEqualTo(
            List.of(
                new DnsOption(1, new byte[] {2, 'h', '2'}),
                new DnsOption(3, new byte[] {1, (byte) 0xbb})));
    byte[] opt = DnsBytes.query(1, "a", 1).record(3, ".", 41, new byte[] {0, 10, 0, 1, 9}).bytes();
    assertThat(parsed(opt).records(DnsSection.ADDITIONAL).getFirst().value("options"))
        .isEqualTo(List.of(new DnsOption(10, new byte[] {9})));
  }

  @Test
  void the_header_has_its_bits_and_any_number_of_questions() {
    DnsMessage message =
        parsed(DnsBytes.query(0xabcd, "one.example", 1).question("two.example", 28).bytes());
    assertThat(message.id()).isEqualTo(0xabcd);
    assertThat(message.isResponse()).isFalse();
    assertThat(message.questions())
        .extracting(question -> question.name().toString())
        .containsExactly("one.example.", "two.example.");
    assertThat(message.questions().get(1).type()).isEqualTo(28);
    assertThat(message.count(DnsSection.QUESTION)).isEqualTo(2);
  }

  @Test
  void an_edit_of_a_number_or_address_changes_its_octets_alone() {
    byte[] bytes =
        DnsBytes.response(7, "example.org", 1)
            .answer("example.org", 1, "0a000001")
            .octets(1, 2, 3)
            .bytes();
    DnsMessage message = parsed(bytes);
    message.setId(8);
    answer(message).setTtl(5);
    answer(message).setValue(0, IpAddress.ipv4(10, 0, 0, 2));
    byte[] expected = bytes.clone();
    expected[1] = 8;
    expected[bytes.length - 3 - 4 - 3] = 5;
    expected[bytes.length - 4] = 2;
    assertThat(message.encode()).isEqualTo(expected);
  }

  @Test
  void an_edit_of_a_name_is_seen_and_nothing_else() {
    DnsMessage message =
        parsed(
            DnsBytes.response(7, "www.example.org", 5)
                .answer("www.example.org", 5, "0161 00")
                .answer("a", 1, "0a000001")
                .record(2, "example.org", 99, new byte[] {1, 2})
                .octets(9, 9)
                .bytes());
    answer(message).setValue(0, DnsName.parse("elsewhere.example.org."));
    byte[] encoded = message.encode();
    DnsMessage again = parsed(encoded);
    assertThat(answer(again).value("name")).hasToString("elsewhere.example.org.");
    assertThat(answer(again).name()).hasToString("www.example.org.");
    assertThat(again.records(DnsSection.ANSWER).get(1))
        .matches(message.records(DnsSection.ANSWER).get(1)::isSameAs);
    assertThat(again.records(DnsSection.AUTHORITY).getFirst())
        .matches(message.records(DnsSection.AUTHORITY).getFirst()::isSameAs);
    assertThat(encoded).as("names that repeat are pointers").hasSizeLessThan(110).endsWith(9, 9);
  }

  @Test
  void names_are_read_and_written_as_people_do() {
    for (String name : List.of(".", "a.", "www.example.org.", "a\\.b.c.", "\\000\\255x.y.")) {
      assertThat(DnsName.parse(name)).hasToString(name);
    }
    assertThat(DnsName.parse("no.dot")).isEqualTo(DnsName.parse("no.dot."));
    assertThat(DnsName.parse("a.b.c").labels()).isEqualTo(3);
    assertThatThrownBy(() -> DnsName.parse("a..b")).hasMessage("invalid domain name 'a..b'");
    assertThatThrownBy(() -> DnsName.parse("x".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DnsName.parse("abc.".repeat(64)))
        .hasMessage("invalid domain name: longer than 255 bytes");
  }

  @Test
  void pointers_have_to_lead_back() {
    int at = DnsMessage.HEADER_BYTES;
    byte[] itself = DnsBytes.message(1, 0).announce(0, 1).octets(0xc0, at, 0, 1, 0, 1).bytes();
    assertThat(malformed(itself)).isEqualTo(new DnsParse.Malformed(DnsFault.POINTER, at));
    byte[] forward =
        DnsBytes.message(1, 0).announce(0, 1).octets(0xc0, at + 2, 0xc0, at, 0, 1, 0, 1).bytes();
    assertThat(malformed(forward).fault()).isEqualTo(DnsFault.POINTER);
    byte[] loop =
        DnsBytes.message(1, 0).announce(0, 1).octets(1, 'a', 0xc0, at, 0, 1, 0, 1).bytes();
    assertThat(malformed(loop).fault()).isEqualTo(DnsFault.POINTER);
    byte[] back =
        DnsBytes.query(1, "a.b", 1).announce(0, 2).octets(0xc0, at + 2, 0, 1, 0, 1).bytes();
    assertThat(parsed(back).questions().get(1).name()).hasToString("b.");
  }

  @Test
  void long_chains_of_pointers_are_not_followed() {
    DnsBytes message = DnsBytes.query(1, "a", 1).announce(0, 2);
    byte[] pointers = new byte[2 * 500];
    int first = DnsMessage.HEADER_BYTES;
    int at = first + 7;
    // in the data of a record each pointer leads to the one before it
    int data = at + 11;
    for (int i = 0; i < 500; i++) {
      int target = i == 0 ? first : data + 2 * (i - 1);
      pointers[2 * i] = (byte) (0xc0 | target >> 8);
      pointers[2 * i + 1] = (byte) target;
    }
    message.announce(0, 1).record(1, ".", 10, pointers).announce(1, 2);
    int last = data + 2 * 499;
    message.octets(0xc0 | last >> 8, last, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0);
    assertThat(malformed(message.bytes()).fault()).isEqualTo(DnsFault.POINTER);
  }

  @Test
  void cut_and_lying_messages_are_malformed() {
    byte[] bytes = DnsBytes.response(7, "example.org", 1).answer("a", 1, "0a000001").bytes();
    for (int length = 0; length < bytes.length; length++) {
      assertThat(DnsMessage.parse(bytes, 0, length))
          .isEqualTo(
              new DnsParse.Malformed(
                  DnsFault.CUT,
                  ((DnsParse.Malformed) DnsMessage.parse(bytes, 0, length)).offset()));
    }
    assertThat(malformed(DnsBytes.query(1, "a", 1).announce(1, 0xffff).bytes()).fault())
        .isEqualTo(DnsFault.CUT);
    assertThat(malformed(DnsBytes.message(1, 0).announce(0, 1).octets(0x41, 1).bytes()).fault())
        .isEqualTo(DnsFault.LABEL);
    DnsBytes longName = DnsBytes.message(1, 0).announce(0, 1);
    for (int i = 0; i < 128; i++) {
      longName.octets(1, 'a');
    }
    assertThat(malformed(longName.octets(0, 0, 1, 0, 1).bytes()).fault())
        .isEqualTo(DnsFault.LONG_NAME);
  }

  @Test
  void data_that_does_not_fit_its_type_stays_plain_octets() {
    byte[] bytes = DnsBytes.response(7, "a", 1).answer("a", 1, "0a0000").bytes();
    DnsMessage message = parsed(bytes);
    assertThat(answer(message).schema()).isNull();
    assertThat(answer(message).raw()).containsExactly(10, 0, 0);
    assertThat(message.unfittingRecords()).isEqualTo(1);
    assertThat(message.encode()).isEqualTo(bytes);
  }

  @Test
  void a_message_that_has_left_can_only_be_read() {
    DnsMessage message = parsed(DnsBytes.query(7, "a", 1).bytes());
    message.setReadOnly();
    assertThatThrownBy(() -> message.setId(1)).hasMessage("read only buffer");
    assertThatThrownBy(() -> message.questions().getFirst().setName(DnsName.ROOT))
        .hasMessage("read only buffer");
  }
}
