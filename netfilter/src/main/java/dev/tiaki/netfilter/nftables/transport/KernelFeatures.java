package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the kernel can do with rules beyond what every kernel can, found out by dry runs of small
 * tables: nothing is changed.
 */
public final class KernelFeatures {
  private static final String TABLE = "tiaki_probe";
  private static final String HEAD =
      "{\"nftables\":[{\"add\":{\"table\":{\"family\":\"%1$s\",\"name\":\"" + TABLE + "\"}}},";
  private static final String RULE =
      HEAD
          + "{\"add\":{\"chain\":{\"family\":\"%1$s\",\"table\":\""
          + TABLE
          + "\",\"name\":\"c\"%2$s}}},"
          + "{\"add\":{\"rule\":{\"family\":\"%1$s\",\"table\":\""
          + TABLE
          + "\",\"chain\":\"c\",\"expr\":[%3$s]}}}]}";
  private static final String FORWARD = ",\"type\":\"filter\",\"hook\":\"forward\",\"prio\":0";
  private static final String PREROUTING_RAW =
      ",\"type\":\"filter\",\"hook\":\"prerouting\",\"prio\":-300";
  private static final String NAT = ",\"type\":\"nat\",\"hook\":\"postrouting\",\"prio\":100";
  private static final Map<String, String> PROBES = probes();

  private KernelFeatures() {}

  private static Map<String, String> probes() {
    Map<String, String> probes = new LinkedHashMap<>();
    probes.put("ct", match("inet", "{\"ct\":{\"key\":\"mark\"}}", "1"));
    probes.put("queue", RULE.formatted("inet", "", "{\"queue\":{\"num\":0}}"));
    probes.put("log", RULE.formatted("inet", "", "{\"log\":null}"));
    probes.put("limit", RULE.formatted("inet", "", "{\"limit\":{\"rate\":1,\"per\":\"second\"}}"));
    probes.put("ct count", RULE.formatted("inet", "", "{\"ct count\":{\"val\":1}}"));
    probes.put("notrack", RULE.formatted("ip", PREROUTING_RAW, "{\"notrack\":null}"));
    probes.put("nat", RULE.formatted("ip", NAT, "{\"masquerade\":null}"));
    probes.put("fib", match("ip", "{\"fib\":{\"result\":\"type\",\"flags\":[\"saddr\"]}}", "1"));
    probes.put("socket", match("inet", "{\"socket\":{\"key\":\"mark\"}}", "1"));
    probes.put("numgen", match("ip", "{\"numgen\":{\"mode\":\"inc\",\"mod\":2}}", "1"));
    probes.put("reject (bridge)", RULE.formatted("bridge", FORWARD, "{\"reject\":null}"));
    probes.put(
        "meta ibrname (bridge)", match("bridge", "{\"meta\":{\"key\":\"ibrname\"}}", "\"br0\""));
    probes.put("synproxy", RULE.formatted("inet", FORWARD, "{\"synproxy\":null}"));
    probes.put(
        "flow tables",
        HEAD.formatted("inet")
            + "{\"add\":{\"flowtable\":{\"family\":\"inet\",\"table\":\""
            + TABLE
            + "\",\"name\":\"f\",\"hook\":\"ingress\",\"prio\":0,\"dev\":\"lo\"}}}]}");
    return probes;
  }

  private static String match(String family, String left, String right) {
    return RULE.formatted(
        family, "", "{\"match\":{\"op\":\"==\",\"left\":" + left + ",\"right\":" + right + "}}");
  }

  /**
   * Asks for each feature.
   *
   * @return by feature, in the order of a table for people: {@code yes}, or {@code no} and what the
   *     kernel said
   * @throws NftException when nft cannot be run, or may not ask
   */
  public static Map<String, String> probe(NftProgram program, NetworkNamespace namespace)
      throws NftException {
    NftProcess process = NftProcess.of(program, namespace);
    Map<String, String> answers = new LinkedHashMap<>();
    for (Map.Entry<String, String> probe : PROBES.entrySet()) {
      NftAnswer answer = process.exchange(NftRequest.dryRun(probe.getValue()));
      String said = ErrorText.of(answer.errors());
      if (said.contains("Operation not permitted")) {
        throw new NftException(
            NftException.Kind.NOT_PERMITTED,
            said + "; this needs CAP_NET_ADMIN in the network namespace (run as root)");
      }
      answers.put(probe.getKey(), answer.isClean() ? "yes" : "no (" + said + ")");
    }
    return answers;
  }
}
