package dev.tiaki.cli.inline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.flow.FlowKey;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.IpProtocol;
import dev.tiaki.netfilter.conntrack.Status;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwiceTranslatedTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.2");
  private static final InetAddress GATE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress BEHIND = InetAddress.ofLiteral("198.51.100.1");
  private static final InetAddress SERVER = InetAddress.ofLiteral("198.51.100.2");

  private final TwiceTranslated translated = new TwiceTranslated();

  private static Flow flow(long id, int status) {
    return new Flow(
        Tuple.tcp(CLIENT, 4000, GATE, 8000),
        Tuple.tcp(SERVER, 80, BEHIND, 5000),
        0,
        new Status(status),
        0,
        id,
        1,
        100,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of());
  }

  /** What a packet of the client carries when its destination is translated, its source not yet. */
  private static FlowKey seen() {
    IpAddress client = IpAddress.parse("192.0.2.2");
    IpAddress server = IpAddress.parse("198.51.100.2");
    return new FlowKey(false, client.high(), client.low(), server.high(), server.low(), 4000, 80);
  }

  @Test
  void an_entry_is_found_by_the_addresses_between_the_translations() {
    Flow both = flow(1, TwiceTranslated.STATUS | Status.CONFIRMED);
    translated.began(both);
    assertThat(translated.find(IpProtocol.TCP, seen())).contains(both);
    assertThat(translated.find(IpProtocol.UDP, seen())).isEmpty();
    assertThat(translated.find(IpProtocol.TCP, seen().reversed())).isEmpty();
  }

  @Test
  void an_entry_that_the_kernel_finds_by_itself_is_left_out() {
    translated.began(flow(1, Status.DESTINATION_NAT));
    assertThat(translated.find(IpProtocol.TCP, seen())).isEmpty();
  }

  @Test
  void the_end_of_an_older_entry_does_not_end_the_one_that_followed_it() {
    Flow older = flow(1, TwiceTranslated.STATUS);
    Flow newer = flow(2, TwiceTranslated.STATUS);
    translated.began(older);
    translated.began(newer);
    translated.ended(older);
    assertThat(translated.find(IpProtocol.TCP, seen())).contains(newer);
    translated.ended(newer);
    assertThat(translated.find(IpProtocol.TCP, seen())).isEmpty();
  }
}
