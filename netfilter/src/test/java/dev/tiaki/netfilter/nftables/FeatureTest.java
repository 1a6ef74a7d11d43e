package dev.tiaki.netfilter.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.ReadResult;
import dev.tiaki.netfilter.nftables.version.Feature;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every feature has a document that its first release takes, and the one before does not. */
class FeatureTest {
  private static final String T = "\"family\":\"ip\",\"table\":\"t\",\"name\":\"x\"";

  private static String rule(String statements) {
    return "{\"add\":{\"rule\":{\"family\":\"inet\",\"table\":\"t\",\"chain\":\"c\",\"expr\":["
        + statements
        + "]}}}";
  }

  private static String match(String left, String right) {
    return rule("{\"match\":{\"op\":\"==\",\"left\":" + left + ",\"right\":" + right + "}}");
  }

  private static String mark(String value) {
    return rule("{\"mangle\":{\"key\":{\"meta\":{\"key\":\"mark\"}},\"value\":" + value + "}}");
  }

  private static final Map<Feature, String> DOCUMENTS =
      Map.ofEntries(
          Map.entry(Feature.DESTROY, "{\"destroy\":{\"set\":{" + T + "}}}"),
          Map.entry(Feature.RESET_RULES, "{\"reset\":{\"rules\":null}}"),
          Map.entry(Feature.RESET_SETS, "{\"reset\":{\"set\":{" + T + "}}}"),
          Map.entry(Feature.LAST, rule("{\"last\":null}")),
          Map.entry(
              Feature.PORT_NAMES_PROTOCOL,
              rule(
                  "{\"redirect\":{\"port\":{\"map\":{\"key\":{\"payload\":{\"protocol\":\"tcp\","
                      + "\"field\":\"dport\"}},\"data\":{\"set\":[[22,8000]]}}}}}")),
          Map.entry(
              Feature.INNER_HEADERS,
              match(
                  "{\"payload\":{\"tunnel\":\"vxlan\",\"protocol\":\"ip\",\"field\":\"saddr\"}}",
                  "\"10.0.0.1\"")),
          Map.entry(Feature.DCCP_OPTION, match("{\"dccp option\":{\"type\":1}}", "true")),
          Map.entry(
              Feature.TABLE_COMMENT,
              "{\"add\":{\"table\":{\"family\":\"ip\",\"name\":\"x\",\"comment\":\"c\"}}}"),
          Map.entry(
              Feature.MARK_FROM_OTHER_TYPES,
              mark("{\"payload\":{\"protocol\":\"ip\",\"field\":\"dscp\"}}")),
          Map.entry(
              Feature.BROUTE,
              rule("{\"mangle\":{\"key\":{\"meta\":{\"key\":\"broute\"}},\"value\":1}}")),
          Map.entry(
              Feature.MAP_STATEMENT,
              rule(
                  "{\"map\":{\"op\":\"add\",\"elem\":{\"payload\":{\"protocol\":\"ip\",\"field\":"
                      + "\"saddr\"}},\"data\":{\"meta\":{\"key\":\"mark\"}},\"map\":\"@m\"}}")),
          Map.entry(
              Feature.DYNAMIC_FLAG,
              "{\"add\":{\"set\":{" + T + ",\"type\":\"mark\",\"flags\":[\"dynamic\"]}}}"),
          Map.entry(
              Feature.CT_EXPECTATION,
              "{\"add\":{\"ct expectation\":{"
                  + T
                  + ",\"protocol\":\"tcp\",\"dport\":21,\"timeout\":5,\"size\":1}}}"),
          Map.entry(
              Feature.CT_TIMEOUT_POLICY,
              "{\"add\":{\"ct timeout\":{"
                  + T
                  + ",\"protocol\":\"tcp\",\"policy\":{\"close\":5}}}}"),
          Map.entry(
              Feature.FLOWTABLE,
              "{\"add\":{\"flowtable\":{"
                  + T
                  + ",\"hook\":\"ingress\",\"prio\":0,\"dev\":\"lo\"}}}"),
          Map.entry(
              Feature.TABLE_FLAGS,
              "{\"add\":{\"table\":{\"family\":\"ip\",\"name\":\"x\",\"flags\":[\"dormant\"]}}}"),
          Map.entry(
              Feature.CHAIN_DEVICES,
              "{\"add\":{\"chain\":{\"family\":\"netdev\",\"table\":\"t\",\"name\":\"x\",\"type\":"
                  + "\"filter\",\"hook\":\"ingress\",\"prio\":0,\"dev\":[\"a\",\"b\"]}}}"),
          Map.entry(
              Feature.AUTO_MERGE,
              "{\"add\":{\"set\":{"
                  + T
                  + ",\"type\":\"mark\",\"flags\":[\"interval\"],\"auto-merge\":true}}}"),
          Map.entry(
              Feature.SYNPROXY_OBJECT,
              "{\"add\":{\"synproxy\":{" + T + ",\"mss\":1460,\"wscale\":7}}}"),
          Map.entry(
              Feature.CONCATENATED_DATA,
              "{\"add\":{\"map\":{"
                  + T
                  + ",\"type\":\"mark\",\"map\":[\"ipv4_addr\",\"inet_service\"]}}}"),
          Map.entry(Feature.MANY_OPERANDS, mark("{\"|\":[{\"meta\":{\"key\":\"mark\"}},1,2]}")),
          Map.entry(
              Feature.TYPEOF,
              "{\"add\":{\"set\":{"
                  + T
                  + ",\"type\":{\"typeof\":{\"meta\":{\"key\":\"mark\"}}}}}}"),
          Map.entry(
              Feature.VARIABLE_OPERANDS,
              mark("{\"|\":[{\"meta\":{\"key\":\"mark\"}},{\"ct\":{\"key\":\"mark\"}}]}")),
          Map.entry(
              Feature.MPTCP_NAMES,
              match("{\"tcp option\":{\"name\":\"mptcp\",\"field\":\"subtype\"}}", "\"mp-join\"")),
          Map.entry(
              Feature.SET_FLAG_AS_TEXT,
              "{\"add\":{\"set\":{" + T + ",\"type\":\"mark\",\"flags\":\"interval\"}}}"),
          Map.entry(
              Feature.FIB_CHECK,
              match("{\"fib\":{\"result\":\"check\",\"flags\":[\"daddr\"]}}", "true")),
          Map.entry(
              Feature.FIB_VALUE,
              mark(
                  "{\"map\":{\"key\":{\"fib\":{\"result\":\"type\",\"flags\":[\"daddr\"]}},"
                      + "\"data\":{\"set\":[[\"local\",1]]}}}")),
          Map.entry(Feature.TUNNEL, match("{\"tunnel\":{\"key\":\"id\"}}", "5")),
          Map.entry(
              Feature.BRIDGE_ADDRESS,
              match("{\"meta\":{\"key\":\"ibrhwaddr\"}}", "\"00:11:22:33:44:55\"")),
          Map.entry(
              Feature.ADD_BEHIND_HANDLE,
              "{\"add\":{\"rule\":{\"family\":\"ip\",\"table\":\"t\",\"chain\":\"c\",\"handle\":3,"
                  + "\"expr\":[]}}}"),
          Map.entry(
              Feature.ELEMENT_STATE,
              "{\"add\":{\"set\":{"
                  + T
                  + ",\"type\":\"mark\",\"elem\":[{\"elem\":{\"val\":1,\"counter\":"
                  + "{\"packets\":1,\"bytes\":1}}}]}}}"));

  @ParameterizedTest
  @EnumSource(Feature.class)
  void the_first_release_takes_it_and_1_0_6_does_not(Feature feature) {
    String json = "{\"nftables\":[" + DOCUMENTS.get(feature) + "]}";

    assertThat(NftReader.strict(feature.since()).read(json).orThrow().items()).hasSize(1);
    assertThat(NftReader.strict(NftVersion.V1_0_6).read(json))
        .isInstanceOf(ReadResult.Refused.class);
    assertThat(feature.since()).isGreaterThan(NftVersion.V1_0_6);
    assertThat(feature.description()).isNotBlank();
  }

  @Test
  void releases_are_read_and_ordered() {
    assertThat(NftVersion.of("v1.0.6 (Lester Gooch #5)")).isEqualTo(NftVersion.V1_0_6);
    assertThat(NftVersion.of("1.0.6.1")).isEqualTo(NftVersion.V1_0_6);
    assertThat(NftVersion.of("1.0.10")).isGreaterThan(NftVersion.of("1.0.9"));
    assertThat(NftVersion.CURRENT.isAtLeast(NftVersion.V1_0_6)).isTrue();
    assertThat(NftVersion.CURRENT).hasToString("1.1.6");
    assertThatThrownBy(() -> NftVersion.of("one")).hasMessage("version=one");
  }
}
