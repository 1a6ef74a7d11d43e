package dev.tiaki.netfilter.conntrack;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions that a flow must all meet; none: every flow passes.
 *
 * @param conditions the conditions
 */
public record Filter(List<Condition> conditions) {
  /** Lets every flow pass. */
  public static final Filter ALL = new Filter(List.of());

  /** Copies the list. */
  public Filter {
    conditions = List.copyOf(conditions);
  }

  /** Tells whether {@code flow} meets every condition. */
  public boolean matches(Flow flow) {
    for (Condition condition : conditions) {
      if (!condition.matches(flow)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether every flow passes. */
  public boolean isAll() {
    return conditions.isEmpty();
  }

  /** Returns this filter with one condition more. */
  public Filter and(Condition condition) {
    List<Condition> more = new ArrayList<>(conditions);
    more.add(condition);
    return new Filter(more);
  }

  /** Returns this filter for one family only. */
  public Filter family(AddressFamily family) {
    return and(new Condition.OfFamily(family));
  }

  /** Returns this filter for one IP protocol only. */
  public Filter protocol(int protocol) {
    return and(new Condition.OfProtocol(protocol));
  }

  /** Returns this filter for one original source only. */
  public Filter source(InetAddress address) {
    return source(Prefix.of(address));
  }

  /** Returns this filter for original sources in a prefix only. */
  public Filter source(Prefix prefix) {
    return and(new Condition.Address(FlowDirection.ORIGINAL, FlowEnd.SOURCE, prefix));
  }

  /** Returns this filter for one original destination only. */
  public Filter destination(InetAddress address) {
    return destination(Prefix.of(address));
  }

  /** Returns this filter for original destinations in a prefix only. */
  public Filter destination(Prefix prefix) {
    return and(new Condition.Address(FlowDirection.ORIGINAL, FlowEnd.DESTINATION, prefix));
  }

  /** Returns this filter for one original source port only. */
  public Filter sourcePort(int port) {
    return and(new Condition.Port(FlowDirection.ORIGINAL, FlowEnd.SOURCE, port));
  }

  /** Returns this filter for one original destination port only. */
  public Filter destinationPort(int port) {
    return and(new Condition.Port(FlowDirection.ORIGINAL, FlowEnd.DESTINATION, port));
  }

  /** Returns this filter for one state only, such as {@code ESTABLISHED}. */
  public Filter state(String name) {
    return and(new Condition.InState(name));
  }

  /** Returns this filter for flows whose mark's bits under {@code mask} are {@code mark}. */
  public Filter mark(long mark, long mask) {
    return and(new Condition.Mark(mark, mask));
  }

  /** Returns this filter for flows with all these status bits. */
  public Filter status(int bits) {
    return and(new Condition.StatusBits(bits, bits));
  }

  /** Returns this filter for one zone only. */
  public Filter zone(int zone) {
    return and(new Condition.InZone(zone));
  }
}
