package dev.tiaki.engine.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.168.0.1", "255.255.255.255", "10.1.200.99"})
  void dotted_quads_are_read_and_written(String text) {
    assertThat(IpAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "1", "1.2.3", "1.2.3.4.5", "350.350.350.350", "1.2.3.256", "1.2.3.04", "1.2.3.-4",
        " 1.2.3.4", "1.2.3.4 ", "1..2.3", ".1.2.3", "1.2.3.", "1.2.3.0004", "a.b.c.d", "1.2.3.٤"
      })
  void other_texts_are_no_ipv4_address(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse(text))
        .withMessage("invalid IPv4 address format");
  }

  @Test
  void bytes_above_255_are_no_ipv4_address() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.ipv4(350, 350, 350, 350))
        .withMessage("invalid IPv4 address format");
    assertThat(IpAddress.ipv4(192, 168, 0, 1)).isEqualTo(IpAddress.parse("192.168.0.1"));
  }

  /** The examples of RFC 5952 sections 1, 4 and 5. */
  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8::0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8:0:0:1::1, 2001:db8::1:0:0:1",
    "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "::ffff:c000:201, ::ffff:192.0.2.1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "fe80::1:2:3:4:5:6, fe80:0:1:2:3:4:5:6",
  })
  void ipv6_is_written_as_rfc_5952_says(String given, String canonical) {
    assertThat(IpAddress.parse(given)).hasToString(canonical);
    assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(given));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "1:2:3:4::5:6:7:8",
        "12345::",
        "g::",
        "::1%eth0",
        ":1::2",
        "1::2:",
        "::1.2.3",
        "1.2.3.4::",
        "1:2:3:4:5:6:7:1.2.3.4",
        ":1:2"
      })
  void other_texts_with_a_colon_are_no_ipv6_address(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.parse(text))
        .withMessage("invalid IPv6 address format");
  }

  @Test
  void order_is_unsigned_and_ipv4_comes_first() {
    assertThat(IpAddress.parse("9.0.0.0"))
        .isLessThan(IpAddress.parse("200.0.0.1"))
        .isLessThan(IpAddress.parse("::"));
    assertThat(IpAddress.parse("ff02::1")).isGreaterThan(IpAddress.parse("2001:db8::1"));
    assertThat(IpAddress.parse("::ffff:ffff:0:0:0")).isGreaterThan(IpAddress.parse("::1"));
  }

  @Test
  void a_mapped_address_is_not_the_address_in_it() {
    assertThat(IpAddress.parse("::ffff:10.0.0.1")).isNotEqualTo(IpAddress.parse("10.0.0.1"));
    assertThat(IpAddress.parse("::a00:1")).isNotEqualTo(IpAddress.parse("10.0.0.1"));
  }

  @Test
  void random_addresses_survive_text_and_bytes() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      // few distinct bits make runs of zeros likely
      long high = random.nextLong() & random.nextLong() & random.nextLong();
      IpAddress address = IpAddress.ipv6(high & mask(random), random.nextLong() & mask(random));
      assertThat(IpAddress.parse(address.toString())).as("seed %d", seed).isEqualTo(address);
      assertThat(IpAddress.readIpv6(address.toByteArray(), 0)).isEqualTo(address);
      IpAddress quad = IpAddress.ipv4(random.nextInt());
      assertThat(quad.toString())
          .as("seed %d", seed)
          .isEqualTo(InetAddress.getByAddress(quad.toByteArray()).getHostAddress());
      assertThat(IpAddress.parse(quad.toString())).hasSameHashCodeAs(quad).isEqualTo(quad);
    }
  }

  private static long mask(Random random) {
    return random.nextBoolean() ? -1L : 0xffff_0000_0000_ffffL;
  }
}
