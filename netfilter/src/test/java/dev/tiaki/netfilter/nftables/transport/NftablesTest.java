package dev.tiaki.netfilter.nftables.transport;

import static dev.tiaki.netfilter.nftables.transport.Documents.chain;
import static dev.tiaki.netfilter.nftables.transport.Documents.rule;
import static dev.tiaki.netfilter.nftables.transport.Documents.table;
import static dev.tiaki.netfilter.nftables.transport.Documents.tcpPort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tiaki.netfilter.nftables.model.Chain;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.NftObject;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.Selection;
import dev.tiaki.netfilter.nftables.model.SelectionKind;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NftablesTest {
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

  private static List<NftObject> objects() throws IOException {
    return nftables.ruleset().objects().toList();
  }

  @Test
  void a_document_is_applied_and_answered_with_the_handles() throws Exception {
    Applied applied =
        nftables.apply(
            Documents.of(
                table("inet", "t"),
                chain("inet", "t", "c"),
                rule("inet", "t", "c", tcpPort(22), "{'accept': null}")));

    List<Long> handles =
        applied
            .document()
            .commands()
            .map(command -> ((Command.Add) command).object().handle())
            .toList();
    assertThat(handles).hasSize(3).doesNotContainNull();
    assertThat(objects()).extracting(NftObject::handle).containsExactlyElementsOf(handles);
  }

  @Test
  void listings_inside_a_document_come_in_their_order() throws Exception {
    Applied applied =
        nftables.apply(
            Documents.of(
                table("ip", "a"), "{'list': {'table': {'family': 'ip', 'name': 'a'}}}",
                table("ip", "b"), "{'list': {'table': {'family': 'ip', 'name': 'b'}}}"));

    assertThat(applied.listings()).hasSize(2);
    assertThat(applied.listings().get(0).objects().map(NftObject::table)).containsExactly("a");
    assertThat(applied.listings().get(1).objects().map(NftObject::table)).containsExactly("b");
  }

  @Test
  void flushing_a_table_leaves_its_chains() throws Exception {
    nftables.apply(
        Documents.of(table("ip", "t"), chain("ip", "t", "c"), rule("ip", "t", "c", tcpPort(1))));

    nftables.apply(NftDocument.of(new Command.Flush(Selection.table(NftFamily.IP, "t"))));

    assertThat(objects()).hasSize(2).hasAtLeastOneElementOfType(Chain.class);
    assertThat(objects()).doesNotHaveAnyElementsOfTypes(Rule.class);
  }

  @Test
  void a_command_that_the_kernel_refuses_is_named_and_nothing_is_left_behind() throws Exception {
    List<String> items = new ArrayList<>(List.of(table("ip", "t"), chain("ip", "t", "c")));
    for (int port = 1; port <= 40; port++) {
      items.add(rule("ip", "t", port == 27 ? "absent" : "c", tcpPort(port), "{'drop': null}"));
    }

    NftException refused = refused(Documents.of(items.toArray(String[]::new)));

    assertThat(refused.kind()).isEqualTo(NftException.Kind.REFUSED);
    assertThat(refused.effect()).isEqualTo(NftException.Effect.NONE);
    assertThat(refused.command()).isEqualTo(28);
    assertThat(refused.pointer()).isEqualTo("/nftables/28/add/rule");
    assertThat(refused.reason()).contains("No such file or directory");
    assertThat(objects()).isEmpty();
  }

  @Test
  void a_statement_that_this_kernel_lacks_is_pointed_at() throws Exception {
    NftDocument queueing =
        Documents.of(
            table("ip", "t"),
            chain("ip", "t", "c"),
            rule("ip", "t", "c", tcpPort(80), "{'counter': null}", "{'queue': {'num': 0}}"));
    if (hasQueue()) {
      nftables.apply(queueing);
      assertThat(objects()).hasSize(3);
      return;
    }

    NftException refused = refused(queueing);

    assertThat(refused.pointer()).isEqualTo("/nftables/2/add/rule/expr/2");
    assertThat(refused).hasMessageContaining("command 2, /nftables/2/add/rule/expr/2: ");
    assertThat(objects()).isEmpty();
  }

  private static boolean hasQueue() throws IOException {
    try {
      namespace.nft("table ip probe { chain c { queue to 0; }; }; delete table ip probe");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void what_exists_already_cannot_be_created() throws Exception {
    nftables.apply(Documents.of(table("ip", "t")));

    NftException refused =
        refused(Documents.of("{'create': {'table': {'family': 'ip', 'name': 't'}}}"));

    assertThat(refused.pointer()).isEqualTo("/nftables/0/create/table");
    assertThat(refused.reason()).contains("File exists");
  }

  @Test
  void trying_out_does_nothing() throws Exception {
    nftables.tryOut(Documents.of(table("ip", "t")));

    assertThat(objects()).isEmpty();
    NftDocument impossible = Documents.of(chain("ip", "none", "c"));
    NftException refused =
        catchThrowableOfType(NftException.class, () -> nftables.tryOut(impossible));
    assertThat(refused.pointer()).isEqualTo("/nftables/0/add/chain");
  }

  @Test
  void a_table_of_ones_own_is_replaced_and_removed_in_one_step() throws Exception {
    OwnTable own = nftables.ownTable(NftFamily.INET, "mine");
    Identity in = Identity.of(NftFamily.INET, "mine", "in");
    Identity out = Identity.of(NftFamily.INET, "mine", "out");

    own.replace(List.of(Chain.regular(in), Rule.of(in, List.of())));
    own.replace(List.of(Chain.regular(out)));

    assertThat(own.list().orElseThrow().objects())
        .extracting(NftObject::kind)
        .extracting(Object::toString)
        .containsExactly("TABLE", "CHAIN");
    own.remove();
    own.remove();
    assertThat(own.list()).isEmpty();
  }

  @Test
  void a_family_without_tables_lists_none() throws Exception {
    nftables.apply(Documents.of(table("ip", "t")));

    assertThat(nftables.list(Selection.all(SelectionKind.TABLES, NftFamily.IP6)).objects())
        .isEmpty();
  }

  private static NftException refused(NftDocument document) {
    NftException refused = catchThrowableOfType(NftException.class, () -> nftables.apply(document));
    assertThat(refused).isNotNull();
    return refused;
  }
}
