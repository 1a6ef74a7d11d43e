package dev.tiaki.netfilter.nftables.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.Selection;
import dev.tiaki.netfilter.nftables.transport.Nftables;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a kernel: what was compared is applied, and then there is no difference. */
class RulesetDifferenceTest {
  private static TestNamespace namespace;
  private static Nftables nftables;

  @BeforeAll
  static void open() throws IOException {
    namespace = TestNamespace.create();
    nftables = Nftables.in(namespace.namespace());
  }

  @AfterAll
  static void close() {
    if (namespace != null) {
      nftables.close();
      namespace.close();
    }
  }

  @BeforeEach
  void nothing() throws IOException {
    nftables.apply(NftDocument.of(new Command.Flush(Selection.ruleset())));
  }

  private static NftDocument document(String... items) {
    String json = "{\"nftables\": [" + String.join(", ", items).replace('\'', '"') + "]}";
    return NftReader.lenient().read(json).orThrow();
  }

  private static final String TABLE = "{'table': {'family': 'inet', 'name': 't'}}";
  private static final String INPUT = base("input", "accept");

  private static String base(String hook, String policy) {
    return ("{'chain': {'family': 'inet', 'table': 't', 'name': 'c', 'type': 'filter', 'hook': '%s',"
            + " 'prio': 0, 'policy': '%s'}}")
        .formatted(hook, policy);
  }

  private static String rule(int port) {
    return ("{'rule': {'family': 'inet', 'table': 't', 'chain': 'c', 'expr': [{'match': {'op': '==',"
            + " 'left': {'payload': {'protocol': 'tcp', 'field': 'dport'}}, 'right': %d}},"
            + " {'counter': null}, {'accept': null}]}}")
        .formatted(port);
  }

  private static String set(String type, String... elements) {
    String elem = elements.length == 0 ? "" : ", 'elem': [" + String.join(", ", elements) + "]";
    return "{'set': {'family': 'inet', 'table': 't', 'name': 's', 'type': '%s'%s}}"
        .formatted(type, elem);
  }

  private static RulesetDifference difference(NftDocument wanted) throws IOException {
    return RulesetDifference.between(nftables.ruleset(), wanted);
  }

  /** Applies the difference and returns how many handles there were before that stayed. */
  private static long reach(NftDocument wanted) throws IOException {
    List<String> before = handles();
    RulesetDifference difference = difference(wanted);
    assertThat(difference.isEmpty()).isFalse();
    nftables.apply(difference.commands());
    assertThat(difference(wanted).lines()).isEmpty();
    List<String> after = handles();
    return before.stream().filter(after::contains).count();
  }

  private static List<String> handles() throws IOException {
    return nftables.ruleset().objects().map(RulesetDifferenceTest::handle).toList();
  }

  private static String handle(NftObject object) {
    return object.kind() + " " + object.handle();
  }

  @Test
  void a_missing_table_is_made_and_then_nothing_differs() throws Exception {
    NftDocument wanted = document(TABLE, INPUT, set("ipv4_addr", "'10.0.0.1'"), rule(22), rule(80));

    assertThat(difference(wanted).lines()).hasSize(5).allMatch(line -> line.startsWith("+ "));
    reach(wanted);
  }

  @Test
  void only_the_rules_that_differ_are_touched_and_the_order_is_kept() throws Exception {
    nftables.apply(document(TABLE, INPUT, rule(1), rule(2), rule(3), rule(4)));

    long kept = reach(document(TABLE, INPUT, rule(1), rule(9), rule(8), rule(3), rule(4), rule(5)));

    assertThat(kept).as("table, chain, rules 1, 3, 4").isEqualTo(5);
  }

  @Test
  void a_difference_is_readable() throws Exception {
    nftables.apply(document(TABLE, INPUT, set("ipv4_addr", "'10.0.0.1'"), rule(1), rule(2)));

    List<String> lines =
        difference(document(TABLE, INPUT, set("ipv4_addr", "'10.0.0.2'"), rule(1), rule(3)))
            .lines();

    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).isEqualTo("table inet t");
    assertThat(lines.get(1)).isEqualTo("  - elements of s: \"10.0.0.1\"");
    assertThat(lines.get(2)).isEqualTo("  + elements of s: \"10.0.0.2\"");
    assertThat(lines.get(3)).isEqualTo("    chain c");
    assertThat(lines.get(4)).startsWith("    - rule ").contains("\"right\":2");
    assertThat(lines.get(5)).startsWith("    + rule: ").contains("\"right\":3");
  }

  @Test
  void a_policy_is_changed_in_place() throws Exception {
    nftables.apply(document(TABLE, base("input", "drop"), rule(1)));

    assertThat(reach(document(TABLE, INPUT, rule(1)))).isEqualTo(3);
  }

  @Test
  void what_cannot_be_changed_in_place_replaces_the_table() throws Exception {
    nftables.apply(document(TABLE, INPUT, set("ipv4_addr", "'10.0.0.1'"), rule(1)));

    reach(document(TABLE, base("forward", "accept"), set("inet_service", "22"), rule(1)));
  }

  @Test
  void what_is_not_wanted_goes_with_all_that_refers_to_it() throws Exception {
    nftables.apply(
        document(
            TABLE,
            INPUT,
            set("ipv4_addr", "'10.0.0.1'"),
            "{'chain': {'family': 'inet', 'table': 't', 'name': 'more'}}",
            "{'counter': {'family': 'inet', 'table': 't', 'name': 'n'}}",
            "{'rule': {'family': 'inet', 'table': 't', 'chain': 'c', 'expr': [{'counter': 'n'},"
                + " {'match': {'op': '==', 'left': {'payload': {'protocol': 'ip', 'field':"
                + " 'saddr'}}, 'right': '@s'}}, {'jump': {'target': 'more'}}]}}",
            "{'rule': {'family': 'inet', 'table': 't', 'chain': 'more', 'expr': [{'counter': 'n'}]}}"));

    reach(document(TABLE, INPUT));
  }

  @Test
  void tables_that_are_not_spoken_of_are_left_alone() throws Exception {
    nftables.apply(document("{'table': {'family': 'ip', 'name': 'theirs'}}"));

    assertThat(difference(document(TABLE)).lines()).containsExactly("+ table inet t");
    assertThat(difference(document("{'flush': {'ruleset': null}}", TABLE)).lines())
        .contains("- table ip theirs");
  }

  @Test
  void counted_packets_and_elements_that_end_are_no_difference() throws Exception {
    String timed =
        "{'set': {'family': 'inet', 'table': 't', 'name': 's', 'type': 'ipv4_addr', 'flags':"
            + " ['timeout'], 'timeout': 600}}";
    nftables.apply(
        document(
            TABLE,
            INPUT,
            timed,
            rule(1).replace("{'counter': null}", "{'counter': {'packets': 7, 'bytes': 700}}"),
            "{'element': {'family': 'inet', 'table': 't', 'name': 's', 'elem': ['10.0.0.1']}}"));

    assertThat(difference(document(TABLE, INPUT, timed, rule(1))).lines()).isEmpty();
  }

  @Test
  void a_document_that_needs_the_kernel_to_be_understood_is_refused() {
    NftDocument replacing =
        document(
            TABLE,
            INPUT,
            "{'replace': {'rule': {'family': 'inet', 'table': 't', 'chain': 'c', 'handle': 4,"
                + " 'expr': [{'accept': null}]}}}");

    assertThatThrownBy(() -> RulesetContent.of(replacing))
        .isInstanceOf(UnclearRuleset.class)
        .hasMessageContaining("command 2: which rule is replaced only the kernel knows");
  }

  @Test
  void any_order_of_rules_is_reached_from_any_other() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    nftables.apply(document(TABLE, INPUT));
    for (int round = 0; round < 12; round++) {
      List<String> items = new ArrayList<>(List.of(TABLE, INPUT));
      random.ints(random.nextInt(12), 1, 9).forEach(port -> items.add(rule(port)));
      NftDocument wanted = document(items.toArray(String[]::new));

      RulesetDifference difference = difference(wanted);
      if (!difference.isEmpty()) {
        nftables.apply(difference.commands());
      }

      assertThat(difference(wanted).lines()).as("seed " + seed + " round " + round).isEmpty();
    }
  }
}
