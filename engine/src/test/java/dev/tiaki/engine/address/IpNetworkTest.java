package dev.tiaki.engine.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpNetworkTest {
  @ParameterizedTest
  @CsvSource({
    "192.168.10.0/24, 192.168.10.255, true",
    "192.168.10.0/24, 192.168.11.0, false",
    "192.168.10.77/24, 192.168.10.1, true",
    "0.0.0.0/0, 255.255.255.255, true",
    "10.0.0.1/32, 10.0.0.1, true",
    "10.0.0.1/32, 10.0.0.2, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
    "2001:db8::/65, 2001:db8::8000:0:0:0, false",
    "2001:db8::1/128, 2001:db8::1, true",
    "::/0, 10.0.0.1, false",
    "0.0.0.0/0, ::1, false",
  })
  void contains_compares_the_leading_bits(String network, String address, boolean expected) {
    assertThat(IpNetwork.parse(network).contains(IpAddress.parse(address))).isEqualTo(expected);
  }

  @Test
  void host_bits_are_kept_until_masked() {
    IpNetwork network = IpNetwork.parse("192.168.10.77/24");
    assertThat(network).hasToString("192.168.10.77/24");
    assertThat(network.masked()).hasToString("192.168.10.0/24");
    assertThat(IpNetwork.parse("2001:db8::ffff/112").masked()).hasToString("2001:db8::/112");
    assertThat(IpNetwork.parse("2001:db8:1:2:3::/40").masked()).hasToString("2001:db8::/40");
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.10.0, invalid IPv4 network address format",
    "192.168.10.0/33, invalid IPv4 network address format",
    "192.168.10.0/, invalid IPv4 network address format",
    "192.168.10.0/-1, invalid IPv4 network address format",
    "192.168.10.0/2x, invalid IPv4 network address format",
    "192.168.10/24, invalid IPv4 address format",
    "2001:db8::, invalid IPv6 network address format",
    "2001:db8::/129, invalid IPv6 network address format",
    "2001:db8/32::, invalid IPv6 address format",
    "1:2/64, invalid IPv6 address format",
  })
  void what_is_no_network_is_refused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpNetwork.parse(text))
        .withMessage(message);
  }
}
