package dev.tiaki.cli.kernelrules;

import dev.tiaki.netfilter.conntrack.Prefix;
import java.net.Inet4Address;
import java.util.List;

/**
 * Which of the packets at the hook are queued: those that fit every list; an empty list fits all.
 * Lists are asked about both ends, so that both directions of a connection come up.
 *
 * @param interfaces names of devices, one of which the packet comes in or goes out by
 * @param addresses where the packet comes from or goes to
 * @param ports TCP and UDP ports, one of which it comes from or goes to; other protocols do not fit
 * @param protocols the transport protocol, by name (tcp, udp, icmp, …) or number
 */
public record Selection(
    List<String> interfaces, List<Prefix> addresses, List<Ports> ports, List<String> protocols) {
  /** Every packet. */
  public static final Selection ALL = new Selection(List.of(), List.of(), List.of(), List.of());

  /** The longest name of a device: IFNAMSIZ of linux/if.h less its terminator. */
  private static final int MAX_INTERFACE_NAME = 15;

  /** Refuses names that no device or protocol has. */
  public Selection {
    interfaces = List.copyOf(interfaces);
    addresses = List.copyOf(addresses);
    ports = List.copyOf(ports);
    protocols = List.copyOf(protocols);
    for (String name : interfaces) {
      if (!name.matches("[^\\s/\"*]{1," + MAX_INTERFACE_NAME + "}")) {
        throw new IllegalArgumentException("'" + name + "' is no name of an interface");
      }
    }
    for (String name : protocols) {
      if (!name.matches("[a-z][a-z0-9-]{0,20}|\\d{1,3}")) {
        throw new IllegalArgumentException("'" + name + "' is no protocol");
      }
    }
  }

  /**
   * A range of ports.
   *
   * @param first 0 to 65 535
   * @param last not less than {@code first}
   */
  public record Ports(int first, int last) {
    /** Checks the order. */
    public Ports {
      if (first < 0 || last < first || last > 0xffff) {
        throw new IllegalArgumentException(
            "guard-port %d-%d: must be from 0 to 65535, the smaller first".formatted(first, last));
      }
    }

    /**
     * Reads {@code N} or {@code N-M}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Ports of(String text) {
      if (!text.matches("\\d{1,5}(-\\d{1,5})?")) {
        throw new IllegalArgumentException("'" + text + "' is neither a port nor a range of them");
      }
      int dash = text.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
      return new Ports(first, dash < 0 ? first : Integer.parseInt(text.substring(dash + 1)));
    }

    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  /** Returns the addresses of one family as nft writes them. */
  List<String> addresses(boolean ipv4) {
    return addresses.stream()
        .filter(prefix -> prefix.address() instanceof Inet4Address == ipv4)
        .map(prefix -> prefix.address().getHostAddress() + "/" + prefix.length())
        .toList();
  }
}
