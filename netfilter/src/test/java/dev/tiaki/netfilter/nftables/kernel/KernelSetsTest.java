package dev.tiaki.netfilter.nftables.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.NetlinkException;
import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.testing.TestNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Elements by netlink, as {@code nft} itself lists them. */
class KernelSetsTest {
  private static final InetAddress ONE = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress NINE = InetAddress.ofLiteral("10.0.0.9");
  private static final String RULESET =
      """
      flush ruleset
      table inet t {
        counter n { packets 5 bytes 77 }
        chain c { }
        set plain { type ipv4_addr; }
        set six { type ipv6_addr; }
        set small { type ipv4_addr; size 2; }
        set timed { type ipv4_addr; flags timeout; }
        set joined { type ipv4_addr . inet_service . mark; }
        set spans { type ipv4_addr; flags interval; }
        set boxes { type ipv4_addr . inet_service; flags interval; }
        set marks { type mark; }
        set markspans { type mark; flags interval; }
        set devs { type ifname; }
        set cards { type ether_addr; }
        map values { type inet_service : mark; }
        map verdicts { type ipv4_addr : verdict; }
        map counted { type ipv4_addr : counter; }
      }
      """;

  private static TestNamespace namespace;
  private static KernelSets sets;

  @BeforeAll
  static void open() throws IOException {
    namespace = TestNamespace.create();
    sets = KernelSets.open(namespace.namespace());
  }

  @AfterAll
  static void close() {
    if (namespace != null) {
      sets.close();
      namespace.close();
    }
  }

  @BeforeEach
  void load() throws IOException {
    namespace.nft(RULESET);
  }

  private static KernelSet set(String name) throws IOException {
    return sets.set(NftFamily.INET, "t", name);
  }

  private static KernelSet map(String name) throws IOException {
    return set(name);
  }

  /** Returns what nft prints between the braces of {@code elements = { … }}. */
  private static String listed(String kind, String name) throws IOException {
    String text = namespace.run("nft", "list", kind, "inet", "t", name).replaceAll("\\s+", " ");
    int start = text.indexOf("elements = { ");
    return start < 0 ? "" : text.substring(start + 13, text.indexOf(" }", start));
  }

  @Test
  void an_address_is_added_found_and_deleted() throws Exception {
    KernelSet plain = set("plain");

    plain.add(SetElement.of(ONE).saying("seen at noon"));

    assertThat(listed("set", "plain")).isEqualTo("10.0.0.1 comment \"seen at noon\"");
    assertThat(plain.find(ONE)).contains(SetElement.of(ONE).saying("seen at noon"));
    assertThat(plain.find(NINE)).isEmpty();
    plain.delete(SetElement.of(ONE));
    assertThat(plain.elements()).isEmpty();
  }

  @Test
  void every_kind_of_key_lies_as_nft_lays_it() throws Exception {
    set("six").add(SetElement.of(InetAddress.ofLiteral("2001:db8::7")));
    set("joined").add(SetElement.of(ONE, 22, 0x1234));
    set("marks").add(SetElement.of(0x1234));
    set("devs").add(SetElement.of("eth0"));
    set("cards").add(SetElement.of("02:00:00:00:00:0a"));
    set("spans").add(SetElement.between(ONE, NINE));
    set("boxes").add(SetElement.of(ONE, 80).upTo(NINE, 90));
    set("markspans").add(SetElement.between(0x10, 0x2e));

    assertThat(listed("set", "six")).isEqualTo("2001:db8::7");
    assertThat(listed("set", "joined")).isEqualTo("10.0.0.1 . 22 . 0x00001234");
    assertThat(listed("set", "marks")).isEqualTo("0x00001234");
    assertThat(listed("set", "devs")).isEqualTo("\"eth0\"");
    assertThat(listed("set", "cards")).isEqualTo("02:00:00:00:00:0a");
    assertThat(listed("set", "spans")).isEqualTo("10.0.0.1-10.0.0.9");
    assertThat(listed("set", "boxes")).isEqualTo("10.0.0.1-10.0.0.9 . 80-90");
    assertThat(listed("set", "markspans")).isEqualTo("0x00000010-0x0000002e");
  }

  @Test
  void what_nft_adds_is_read_back() throws Exception {
    namespace.nft(
        """
        add element inet t joined { 10.0.0.9 . 443 . 0x10 }
        add element inet t spans { 10.0.0.1, 10.1.0.0/16, 255.255.255.0-255.255.255.255 }
        add element inet t boxes { 10.0.0.0/8 . 22 }
        add element inet t devs { "lo" }
        add element inet t markspans { 1-3 }
        add element inet t verdicts { 10.0.0.1 : jump c }
        add element inet t values { 22 : 0x5 }
        """);

    assertThat(set("joined").elements()).containsExactly(SetElement.of(NINE, 443L, 16L));
    assertThat(set("spans").elements())
        .containsExactly(
            SetElement.of(ONE),
            SetElement.between(
                InetAddress.ofLiteral("10.1.0.0"), InetAddress.ofLiteral("10.1.255.255")),
            SetElement.between(
                InetAddress.ofLiteral("255.255.255.0"), InetAddress.ofLiteral("255.255.255.255")));
    assertThat(set("boxes").elements())
        .containsExactly(
            SetElement.of(InetAddress.ofLiteral("10.0.0.0"), 22L)
                .upTo(InetAddress.ofLiteral("10.255.255.255"), 22L));
    assertThat(set("devs").elements()).containsExactly(SetElement.of("lo"));
    assertThat(set("markspans").elements()).containsExactly(SetElement.between(1L, 3L));
    assertThat(map("verdicts").elements())
        .containsExactly(SetElement.of(ONE).to(new SetData.OfVerdict(-3, "c")));
    assertThat(map("values").elements())
        .containsExactly(SetElement.of(22L).to(new SetData.OfValue(5L)));
  }

  @Test
  void maps_are_filled_with_values_verdicts_and_objects() throws Exception {
    map("values").add(SetElement.of(22).to(new SetData.OfValue(5)));
    map("verdicts")
        .add(
            List.of(
                SetElement.of(ONE).to(SetData.OfVerdict.DROP),
                SetElement.of(NINE).to(new SetData.OfVerdict(-4, "c"))));
    map("counted").add(SetElement.of(ONE).to(new SetData.OfObject("n")));

    assertThat(listed("map", "values")).isEqualTo("22 : 0x00000005");
    assertThat(listed("map", "verdicts")).isEqualTo("10.0.0.1 : drop, 10.0.0.9 : goto c");
    assertThat(listed("map", "counted")).isEqualTo("10.0.0.1 : \"n\"");
  }

  @Test
  void an_element_goes_by_itself_when_its_time_is_over() throws Exception {
    KernelSet timed = set("timed");

    timed.add(SetElement.of(ONE).lasting(Duration.ofSeconds(90)));

    SetElement found = timed.find(ONE).orElseThrow();
    assertThat(found.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(found.expires()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(90));
    assertThat(listed("set", "timed")).startsWith("10.0.0.1 timeout 1m30s expires ");
  }

  @Test
  void an_interval_is_found_by_a_key_inside_it_and_deleted_by_its_ends() throws Exception {
    KernelSet spans = set("spans");
    spans.add(List.of(SetElement.between(ONE, NINE), SetElement.of(TestNamespace.CLIENT)));

    assertThat(spans.find(InetAddress.ofLiteral("10.0.0.4")))
        .map(SetElement::key)
        .contains(List.of(ONE));
    spans.delete(SetElement.between(ONE, NINE));

    assertThat(spans.elements()).containsExactly(SetElement.of(TestNamespace.CLIENT));
  }

  @Test
  void a_thousand_elements_are_one_batch() throws Exception {
    KernelSet plain = set("plain");
    List<SetElement> elements = addresses(1000);
    long before = sets.generation();

    plain.add(elements);

    assertThat(sets.generation()).isEqualTo(before + 1);
    assertThat(plain.elements()).containsExactlyInAnyOrderElementsOf(elements);
    plain.flush();
    assertThat(plain.elements()).isEmpty();
  }

  private static List<SetElement> addresses(int count) throws IOException {
    List<SetElement> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(
          SetElement.of(InetAddress.getByAddress(new byte[] {11, 0, (byte) (i >> 8), (byte) i})));
    }
    return elements;
  }

  @Test
  void an_element_that_is_refused_is_named_and_nothing_is_left_behind() throws Exception {
    KernelSet plain = set("plain");
    plain.add(addresses(300));
    List<SetElement> deletions = new ArrayList<>(addresses(250));
    deletions.add(217, SetElement.of(NINE));
    long before = sets.generation();

    SetChangeRefused refused =
        catchThrowableOfType(
            SetChangeRefused.class,
            () ->
                sets.changes()
                    .add(plain, List.of(SetElement.of(ONE)))
                    .delete(plain, deletions)
                    .run());

    assertThat(refused.change()).isEqualTo(1);
    assertThat(refused.element()).isEqualTo(217);
    assertThat(refused.errno()).isEqualTo(Errno.ENOENT);
    assertThat(refused)
        .hasMessage(
            "change 1 of set inet t plain, element 217 [/10.0.0.9]:"
                + " No such file or directory (ENOENT)");
    assertThat(sets.generation()).isEqualTo(before);
    assertThat(plain.elements()).hasSize(300);
  }

  @Test
  void what_is_there_already_can_be_added_but_not_created() throws Exception {
    KernelSet plain = set("plain");
    plain.add(SetElement.of(ONE));

    plain.add(SetElement.of(ONE));

    SetChangeRefused refused =
        catchThrowableOfType(
            SetChangeRefused.class,
            () -> sets.changes().create(plain, List.of(SetElement.of(ONE))).run());
    assertThat(refused.errno()).isEqualTo(Errno.EEXIST);
  }

  @Test
  void a_set_that_is_full_takes_no_more() throws Exception {
    KernelSet small = set("small");

    SetChangeRefused refused =
        catchThrowableOfType(SetChangeRefused.class, () -> small.add(addresses(3)));

    assertThat(refused.errno()).isEqualTo(Errno.ENFILE);
    assertThat(small.elements()).isEmpty();
  }

  @Test
  void a_foreign_change_is_noticed_before_anything_is_done() throws Exception {
    KernelSet plain = set("plain");
    long seen = sets.generation();
    namespace.nft("add element inet t plain { 10.0.0.9 }");

    NetlinkException clash =
        catchThrowableOfType(
            NetlinkException.class,
            () -> sets.changes().onlyIf(seen).add(plain, List.of(SetElement.of(ONE))).run());

    assertThat(clash.errno()).isEqualTo(Errno.ERESTART);
    assertThat(plain.elements()).containsExactly(SetElement.of(NINE));
    sets.changes().onlyIf(sets.generation()).add(plain, List.of(SetElement.of(ONE))).run();
    assertThat(plain.elements()).hasSize(2);
  }

  @Test
  void several_writers_lose_nothing() throws Exception {
    KernelSet plain = set("plain");
    List<SetElement> all = addresses(400);
    try (ExecutorService writers = Executors.newFixedThreadPool(4);
        KernelSets others = KernelSets.open(namespace.namespace())) {
      KernelSet same = others.set(NftFamily.INET, "t", "plain");
      List<Future<?>> written = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        List<SetElement> own = all.subList(writer * 100, writer * 100 + 100);
        KernelSet target = writer % 2 == 0 ? plain : same;
        written.add(
            writers.submit(() -> {
              for (SetElement element : own) {
                target.add(element);
              }
              return null;
            }));
      }
      for (Future<?> one : written) {
        one.get();
      }
    }

    assertThat(plain.elements()).hasSize(400);
  }

  @Test
  void counters_are_read_and_reset() throws Exception {
    assertThat(sets.counter(NftFamily.INET, "t", "n")).isEqualTo(new CounterValue(5, 77));
    assertThat(sets.resetCounter(NftFamily.INET, "t", "n")).isEqualTo(new CounterValue(5, 77));
    assertThat(sets.counter(NftFamily.INET, "t", "n")).isEqualTo(new CounterValue(0, 0));
  }

  @Test
  void keys_that_do_not_fit_are_refused_before_the_kernel_is_asked() throws Exception {
    KernelSet plain = set("plain");
    KernelSet joined = set("joined");

    assertThatThrownBy(() -> plain.add(SetElement.of(InetAddress.ofLiteral("::1"))))
        .hasMessageContaining("is no IPV4_ADDRESS");
    assertThatThrownBy(() -> joined.add(SetElement.of(ONE, 70_000, 1)))
        .hasMessage("70000 is no INET_SERVICE");
    assertThatThrownBy(() -> joined.add(SetElement.of(ONE)))
        .hasMessageContaining("a key of this set is [IPV4_ADDRESS, INET_SERVICE, MARK]");
    assertThatThrownBy(() -> plain.add(SetElement.between(ONE, NINE)))
        .hasMessage("set inet t plain holds no intervals");
  }

  @Test
  void a_set_that_is_missing_is_told() {
    assertThatThrownBy(() -> set("missing"))
        .isInstanceOf(NetlinkException.class)
        .hasMessageContaining("set inet t missing: No such file or directory");
    assertThatThrownBy(() -> KernelSets.open(NetworkNamespace.named("tiaki-none")))
        .isInstanceOf(IOException.class);
  }
}
