package dev.tiaki.cli.kernelrules;

import dev.tiaki.cli.live.Hook;
import java.util.Locale;

/**
 * Where at a hook our chains stand.
 *
 * <p>After the firewall's own filter (priority 0), so that what it drops is never queued and what
 * it thinks of a packet is not skipped by the queue's verdict. iptables has one table there, {@code
 * security}, at priority 50 or, by iptables-nft, 150. Before routing only {@code mangle} (−150)
 * stands between conntrack (−200) and destination NAT (−100).
 *
 * @param hook the hook's name in nftables
 * @param table the table of iptables that queues there
 * @param before the priority of the chain that acts on marks and selects
 * @param queue the priority at which nftables queues
 * @param after the priority of the chain that packets meet when they leave the queue
 */
record HookPlace(String hook, String table, int before, int queue, int after) {
  static HookPlace of(Hook hook) {
    String name = hook.name().toLowerCase(Locale.ROOT);
    return switch (hook) {
      case PREROUTING -> new HookPlace(name, "mangle", -160, -150, -140);
      case INPUT, FORWARD, OUTPUT -> new HookPlace(name, "security", 40, 150, 160);
    };
  }

  /** Returns the chain of iptables at this hook. */
  String chain() {
    return hook.toUpperCase(Locale.ROOT);
  }
}
