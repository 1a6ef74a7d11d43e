package dev.tiaki.cli.control.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.engine.address.IpAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowFilterTest {
  private static boolean matches(Map<String, String> parts) {
    return FlowFilter.of(parts)
        .matchesEnds(IpAddress.parse("192.0.2.2"), 40_000, IpAddress.parse("198.51.100.2"), 80);
  }

  @Test
  void no_part_wants_everything() {
    assertThat(matches(Map.of())).isTrue();
  }

  @Test
  void ends_are_told_apart() {
    assertThat(matches(Map.of("source", "192.0.2.2", "destinationPort", "80"))).isTrue();
    assertThat(matches(Map.of("destination", "192.0.2.2"))).isFalse();
    assertThat(matches(Map.of("sourcePort", "80"))).isFalse();
    assertThat(matches(Map.of("address", "198.51.100.2", "port", "40000"))).isTrue();
    assertThat(matches(Map.of("port", "81"))).isFalse();
  }

  @Test
  void prefixes_contain_what_begins_like_them() {
    assertThat(matches(Map.of("source", "192.0.2.0/24"))).isTrue();
    assertThat(matches(Map.of("source", "192.0.2.4/30"))).isFalse();
    assertThat(matches(Map.of("source", "0.0.0.0/0"))).isTrue();
    assertThat(matches(Map.of("source", "::/0"))).isFalse();
    AddressRange range = AddressRange.of("2001:db8:0:1::/63");
    assertThat(range.contains(IpAddress.parse("2001:db8:0:0:ffff::"))).isTrue();
    assertThat(range.contains(IpAddress.parse("2001:db8:0:2::"))).isFalse();
    AddressRange narrow = AddressRange.of("2001:db8::10/124");
    assertThat(narrow.contains(IpAddress.parse("2001:db8::1f"))).isTrue();
    assertThat(narrow.contains(IpAddress.parse("2001:db8::20"))).isFalse();
  }

  @Test
  void what_makes_no_sense_is_refused_by_its_name() {
    assertThatThrownBy(() -> FlowFilter.of(Map.of("port", "65536")))
        .hasMessage("port: '65536' is no port, 0 to 65535");
    assertThatThrownBy(() -> FlowFilter.of(Map.of("source", "here")))
        .hasMessageStartingWith("source: 'here': invalid IPv4 address format");
    assertThatThrownBy(() -> FlowFilter.of(Map.of("address", "192.0.2.0/33")))
        .hasMessageContaining("'33' is no length of a prefix");
    assertThatThrownBy(() -> FlowFilter.of(Map.of("protocol", "sctp")))
        .hasMessage("protocol: 'sctp' is none of tcp, udp");
    assertThatThrownBy(() -> FlowFilter.of(Map.of("state", "open")))
        .hasMessageStartingWith("state: 'open' is none of ");
    assertThatThrownBy(() -> FlowFilter.of(Map.of("decision", "kill")))
        .hasMessageContaining("bypass, drop, halfreset, none, reset");
  }

  @Test
  void a_cursor_is_what_a_page_gave() {
    FlowPlace place = new FlowPlace(3, true, 512);
    assertThat(FlowPlace.of(place.toString())).isEqualTo(place);
    assertThat(place.behind(-1)).isEqualTo(new FlowPlace(4, false, 0));
    assertThat(FlowPlace.START.behind(-1)).isEqualTo(new FlowPlace(0, true, 0));
    assertThatThrownBy(() -> FlowPlace.of("page2"))
        .hasMessage("cursor: 'page2' was not given by a page before");
  }

  @Test
  void the_name_of_a_flow_is_read() {
    assertThat(FlowName.of("tcp-0-12")).isEqualTo(new FlowName(false, 0, 12));
    assertThat(FlowName.of("udp-3-1")).isEqualTo(new FlowName(true, 3, 1));
    assertThat(FlowName.of("0-12")).isNull();
    assertThat(FlowName.of("tcp-0-99999999999999999999")).isNull();
  }
}
