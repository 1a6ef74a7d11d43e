package dev.tiaki.cli.startup;

import dev.tiaki.engine.libpcap.Libpcap;
import dev.tiaki.netfilter.netlink.Capabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a machine needs so that {@code tiaki run} can do its work there; nothing is changed. */
public final class StartChecks {
  private static final int OLDEST_JAVA = 25;
  private static final String HOW_TO_GET_RIGHTS =
      "run it as root, as root with TIAKI_USER=NAME, or by systemd (packaging/tiaki.service)";

  private StartChecks() {}

  /** Looks for everything that queues need, and whether they are free. */
  public static List<Finding> forQueues(IntStream queues, boolean ownRules, boolean filtering) {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(capabilities());
    if (ownRules) {
      findings.addAll(QueueingChecks.rules());
    }
    findings.add(QueueingChecks.queue());
    findings.add(QueueingChecks.connections());
    findings.add(libpcap(filtering));
    queues.mapToObj(QueueingChecks::free).filter(Finding::isMissing).forEach(findings::add);
    return List.copyOf(findings);
  }

  /** Looks for everything that some option of the program may need of a machine. */
  public static List<Finding> ofMachine() {
    return forQueues(IntStream.empty(), true, false).stream()
        .filter(finding -> !finding.name().equals("java"))
        .toList();
  }

  /** Looks for everything that observing interfaces needs. */
  public static List<Finding> forInterfaces(List<String> interfaces) {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(capabilitiesToObserve());
    findings.add(libpcap(true));
    for (String name : interfaces) {
      findings.add(device(name));
    }
    return List.copyOf(findings);
  }

  /** Looks whether the process may guard at all; quick enough for every start. */
  public static Finding capabilities() {
    return capabilities(List.of(Capabilities.NET_ADMIN, Capabilities.NET_RAW));
  }

  /** Looks whether the process may observe interfaces; quick enough for every start. */
  public static Finding capabilitiesToObserve() {
    return capabilities(List.of(Capabilities.NET_RAW));
  }

  private static Finding capabilities(List<Integer> needed) {
    return capabilities(needed, Capabilities.own(), "root".equals(System.getProperty("user.name")));
  }

  static Finding capabilities(List<Integer> needed, Capabilities own, boolean isRoot) {
    List<String> absent =
        needed.stream().filter(each -> !own.has(each)).map(StartChecks::capability).toList();
    if (!absent.isEmpty()) {
      return Finding.missing(
          "capabilities", "no " + String.join(" and no ", absent), HOW_TO_GET_RIGHTS);
    }
    if (!isRoot && needed.contains(Capabilities.NET_ADMIN) && !own.hands(Capabilities.NET_ADMIN)) {
      return Finding.missing(
          "capabilities",
          "CAP_NET_ADMIN is not ambient, so that nft would not have it",
          HOW_TO_GET_RIGHTS);
    }
    return Finding.ok(
        "capabilities", String.join(", ", needed.stream().map(StartChecks::capability).toList()));
  }

  private static String capability(int number) {
    return number == Capabilities.NET_ADMIN ? "CAP_NET_ADMIN" : "CAP_NET_RAW";
  }

  private static Finding java() {
    int release = Runtime.version().feature();
    return release >= OLDEST_JAVA
        ? Finding.ok("java", Runtime.version().toString())
        : Finding.missing(
            "java", Runtime.version().toString(), "install a JDK " + OLDEST_JAVA + " or newer");
  }

  private static Finding libpcap(boolean isNeeded) {
    try {
      return Finding.ok("libpcap", Libpcap.version());
    } catch (IOException e) {
      String remedy = "install it (Debian: apt-get install libpcap0.8)";
      return isNeeded
          ? Finding.missing("libpcap", "not there", remedy)
          : Finding.note("libpcap", "not there", "needed for --filter and --interface: " + remedy);
    }
  }

  private static Finding device(String name) {
    return name.equals("any") || Files.exists(Path.of("/sys/class/net", name))
        ? Finding.ok("interface", name)
        : Finding.missing(
            "interface", name + " is not there", "'ip link' lists those that are there");
  }
}
