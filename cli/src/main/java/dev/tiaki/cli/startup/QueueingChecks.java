package dev.tiaki.cli.startup;

import dev.tiaki.netfilter.conntrack.ConntrackOptions;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.transport.InstalledPrograms;
import dev.tiaki.netfilter.nftables.transport.KernelFeatures;
import dev.tiaki.netfilter.nftables.transport.NftException;
import dev.tiaki.netfilter.nftables.transport.NftProgram;
import dev.tiaki.netfilter.queue.PacketQueue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What guarding needs of netfilter: packet queues, rules that fill them, connection tracking. */
final class QueueingChecks {
  private static final String ASK_AS_ROOT = "only root can find out";

  private QueueingChecks() {}

  static Finding queue() {
    try {
      boolean _ = PacketQueue.isServed(NetworkNamespace.own(), 0);
      return Finding.ok("packet queue", "nfnetlink_queue");
    } catch (IOException e) {
      return refused("packet queue", "nfnetlink_queue", "CONFIG_NETFILTER_NETLINK_QUEUE", e);
    }
  }

  static Finding free(int queue) {
    String name = "queue " + queue;
    try {
      return PacketQueue.isServed(NetworkNamespace.own(), queue)
          ? Finding.missing(
              name, "another program serves it", "stop that one, or take another with --queue")
          : Finding.ok(name, "free");
    } catch (IOException e) {
      return Finding.note(name, "not known", ASK_AS_ROOT); // said by the other checks
    }
  }

  static Finding connections() {
    try (KernelConntrack conntrack = KernelConntrack.open(ConntrackOptions.DEFAULTS)) {
      return Finding.ok("conntrack", conntrack.stats().entries() + " connections");
    } catch (IOException e) {
      return refused("conntrack", "nf_conntrack_netlink", "CONFIG_NF_CT_NETLINK", e);
    }
  }

  private static Finding refused(String name, String module, String config, IOException why) {
    return why instanceof NetlinkException refusal && refusal.errno() == Errno.EPERM
        ? Finding.note(name, "not known", ASK_AS_ROOT)
        : Finding.missing(
            name,
            "not in this kernel",
            "modprobe " + module + ", or a kernel with " + config + " (" + why.getMessage() + ")");
  }

  /** Returns what the rules need: a program, marks, and one of two ways to queue. */
  static List<Finding> rules() {
    NftProgram program;
    try {
      program = NftProgram.find();
    } catch (NftException e) {
      return List.of(
          Finding.missing("nft", "not there", "install it (Debian: apt-get install nftables)"));
    }
    Finding nft = Finding.ok("nft", program.version() + ", " + program.path());
    try {
      Map<String, String> kernel = KernelFeatures.probe(program, NetworkNamespace.own());
      return Stream.concat(Stream.of(nft), rules(kernel).stream()).toList();
    } catch (NftException e) {
      return e.kind() == NftException.Kind.NOT_PERMITTED
          ? List.of(nft, Finding.note("kernel rules", "not known", ASK_AS_ROOT))
          : List.of(
              nft,
              Finding.missing(
                  "kernel rules",
                  "not in this kernel",
                  "a kernel with CONFIG_NF_TABLES_INET (" + e.getMessage() + ")"));
    }
  }

  private static List<Finding> rules(Map<String, String> kernel) {
    boolean marks = "yes".equals(kernel.get("ct"));
    Finding marking =
        marks
            ? Finding.ok("marks", "nftables' ct mark")
            : Finding.missing(
                "marks", "not in this kernel", "modprobe nft_ct, or a kernel with CONFIG_NFT_CT");
    if ("yes".equals(kernel.get("queue"))) {
      return List.of(marking, Finding.ok("queueing", "nftables' queue"));
    }
    return List.of(marking, xtables(isThere("iptables-restore"), isThere("ip6tables-restore")));
  }

  static Finding xtables(boolean ip, boolean ip6) {
    if (ip && ip6) {
      return Finding.ok(
          "queueing", "iptables' NFQUEUE, as nftables has no queue here (CONFIG_NFT_QUEUE)");
    }
    return Finding.missing(
        "queueing",
        "nftables has no queue here (CONFIG_NFT_QUEUE), and "
            + (ip ? "ip6tables-restore" : "iptables-restore")
            + " is not there",
        "install it (Debian: apt-get install iptables)");
  }

  private static boolean isThere(String program) {
    return InstalledPrograms.find(program).isPresent();
  }
}
