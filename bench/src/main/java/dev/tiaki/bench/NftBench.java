package dev.tiaki.bench;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.kernel.KernelSet;
import dev.tiaki.netfilter.nftables.kernel.KernelSets;
import dev.tiaki.netfilter.nftables.kernel.SetElement;
import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.Elements;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.model.ObjectKind;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.transport.Nftables;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures what changes of nftables cost: one element of a set and a thousand of them by netlink,
 * by a child process and by nft itself, against bare netlink calls from C; and a ruleset of 20 000
 * rules. Prints a table in Markdown. After each way it is checked that the elements are there.
 *
 * <p>Needs root. Arguments: the program {@code nftfloor}, and optionally the number of rounds
 * (default 15).
 */
public final class NftBench {
  private static final int CALLS = 5_000;
  private static final int MANY = 1_000;
  private static final int RULES = 20_000;
  private static final Identity SET = Identity.of(NftFamily.INET, "b", "s");

  private final String namespace = "tiaki-bench-" + ProcessHandle.current().pid();
  private final String floor;
  private final int rounds;

  private NftBench(String floor, int rounds) {
    this.floor = floor;
    this.rounds = rounds;
  }

  /** Runs the benchmark; see the class comment for the arguments. */
  public static void main(String[] args) throws IOException, InterruptedException {
    NftBench bench = new NftBench(args[0], args.length > 1 ? Integer.parseInt(args[1]) : 15);
    command("", "ip", "netns", "add", bench.namespace);
    try {
      bench.run();
    } finally {
      command("", "ip", "netns", "del", bench.namespace);
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private record Times(double best, double median) {
    static Times of(double[] micros) {
      Arrays.sort(micros);
      return new Times(micros[0], micros[micros.length / 2]);
    }
  }

  private void run() throws IOException, InterruptedException {
    nft("add table inet b; add set inet b s { type ipv4_addr; }");
    System.out.println("| operation | best µs | median µs | × bare calls |");
    System.out.println("|---|---:|---:|---:|");
    NetworkNamespace inside = NetworkNamespace.named(namespace);
    try (KernelSets sets = KernelSets.open(inside);
        Nftables nftables = Nftables.in(inside)) {
      KernelSet set = sets.set(NftFamily.INET, "b", "s");
      one(set, nftables);
      many(set, nftables);
      ruleset(nftables);
    }
  }

  private void one(KernelSet set, Nftables nftables) throws IOException, InterruptedException {
    Times bare = floor("one", CALLS);
    expect(set, CALLS);
    print("1 element: bare calls (C)", bare, bare);
    for (int warm = 0; warm < 3; warm++) {
      oneByOne(set);
    }
    print("1 element: this library, netlink", oneByOne(set), bare);
    expect(set, CALLS);
    print(
        "1 element: this library, child process",
        each(set, 1, () -> nftables.apply(NftDocument.of(addition(1)))),
        bare);
    print(
        "1 element: nft by hand, JSON",
        each(set, 1, () -> json("{\"nftables\":[" + additionText(1) + "]}")),
        bare);
    print(
        "1 element: nft by hand, text",
        each(set, 1, () -> nft("add element inet b s { 11.0.0.0 }")),
        bare);
  }

  private static Times oneByOne(KernelSet set) throws IOException {
    set.flush();
    double[] micros = new double[CALLS];
    for (int i = 0; i < CALLS; i++) {
      SetElement element = SetElement.of(address(i));
      long start = System.nanoTime();
      set.add(element);
      micros[i] = (System.nanoTime() - start) / 1e3;
    }
    return Times.of(micros);
  }

  private void many(KernelSet set, Nftables nftables) throws IOException, InterruptedException {
    set.flush();
    Times bare = floor("many", MANY);
    print("1 000 elements: bare calls (C)", bare, bare);
    List<SetElement> elements = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      elements.add(SetElement.of(address(i)));
    }
    for (int warm = 0; warm < 3; warm++) {
      each(set, MANY, () -> set.add(elements));
    }
    print("1 000 elements: this library, netlink", each(set, MANY, () -> set.add(elements)), bare);
    NftDocument document = NftDocument.of(addition(MANY));
    print(
        "1 000 elements: this library, child process",
        each(set, MANY, () -> nftables.apply(document)),
        bare);
    String text = "{\"nftables\":[" + additionText(MANY) + "]}";
    print("1 000 elements: nft by hand, JSON", each(set, MANY, () -> json(text)), bare);
    StringBuilder words = new StringBuilder("add element inet b s { ");
    elements.forEach(
        one -> words.append(((InetAddress) one.key().getFirst()).getHostAddress()).append(", "));
    String typed = words + "}";
    print("1 000 elements: nft by hand, text", each(set, MANY, () -> nft(typed)), bare);
  }

  private Times each(KernelSet set, int expected, Work work)
      throws IOException, InterruptedException {
    double[] micros = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      set.flush();
      long start = System.nanoTime();
      work.run();
      micros[round] = (System.nanoTime() - start) / 1e3;
      expect(set, expected);
    }
    return Times.of(micros);
  }

  private void ruleset(Nftables nftables) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder("{\"nftables\":[");
    text.append("{\"add\":{\"table\":{\"family\":\"ip\",\"name\":\"many\"}}}");
    text.append(",{\"add\":{\"chain\":{\"family\":\"ip\",\"table\":\"many\",\"name\":\"c\"}}}");
    for (int i = 0; i < RULES; i++) {
      text.append(
          (",{\"add\":{\"rule\":{\"family\":\"ip\",\"table\":\"many\",\"chain\":\"c\",\"expr\":[{\"match\":"
                  + "{\"op\":\"==\",\"left\":{\"payload\":{\"protocol\":\"ip\",\"field\":\"saddr\"}},"
                  + "\"right\":\"%s\"}},{\"drop\":null}]}}}")
              .formatted(address(i).getHostAddress()));
    }
    String json = text.append("]}").toString();
    long start = System.nanoTime();
    NftDocument document = NftReader.strict(nftables.version()).read(json).orThrow();
    long read = System.nanoTime();
    nftables.apply(document);
    long applied = System.nanoTime();
    NftDocument listed = nftables.ruleset();
    long ended = System.nanoTime();
    long rules = listed.objects().filter(one -> one.kind() == ObjectKind.RULE).count();
    if (rules != RULES) {
      throw new IOException("rules=" + rules + " expected=" + RULES);
    }
    nft("flush ruleset");
    long hand = System.nanoTime();
    json(json);
    long byHand = System.nanoTime();
    inside("", "nft", "-j", "list", "ruleset");
    long listedByHand = System.nanoTime();
    System.out.println();
    System.out.printf(
        Locale.ROOT,
        "| 20 000 rules, %.1f MB of JSON | this library, ms | nft by hand, ms | × |%n"
            + "|---|---:|---:|---:|%n",
        json.length() / 1e6);
    System.out.printf(Locale.ROOT, "| read and checked | %.0f | | |%n", (read - start) / 1e6);
    ratio("applied, with the proof", applied - read, byHand - hand);
    ratio("listed, as a model", ended - applied, listedByHand - byHand);
  }

  private static void ratio(String what, long ours, long theirs) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.2f |%n",
        what,
        ours / 1e6,
        theirs / 1e6,
        (double) ours / theirs);
  }

  private static InetAddress address(int index) throws IOException {
    return InetAddress.getByAddress(
        new byte[] {11, (byte) (index >> 16), (byte) (index >> 8), (byte) index});
  }

  private static Command addition(int count) throws IOException {
    List<Expression> elements = new ArrayList<>();
    NftDocument document =
        NftReader.lenient().read("{\"nftables\":[" + additionText(count) + "]}").orThrow();
    document
        .commands()
        .forEach(command -> {
          if (command instanceof Command.Add(Elements read)) {
            elements.addAll(read.elements());
          }
        });
    return new Command.Add(Elements.of(SET, elements));
  }

  private static String additionText(int count) throws IOException {
    StringBuilder text =
        new StringBuilder(
            "{\"add\":{\"element\":{\"family\":\"inet\",\"table\":\"b\",\"name\":\"s\",\"elem\":[");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "\"" : ",\"").append(address(i).getHostAddress()).append('"');
    }
    return text.append("]}}}").toString();
  }

  private static void expect(KernelSet set, int expected) throws IOException {
    int met = set.elements().size();
    if (met != expected) {
      throw new IOException("elements=" + met + " expected=" + expected);
    }
  }

  private static void print(String what, Times times, Times bare) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f |%n",
        what,
        times.best,
        times.median,
        times.median / bare.median);
  }

  private Times floor(String what, int count) throws IOException, InterruptedException {
    String[] words = inside("", floor, what, String.valueOf(count)).strip().split(" ", -1);
    return new Times(Double.parseDouble(words[2]), Double.parseDouble(words[1]));
  }

  private void nft(String text) throws IOException, InterruptedException {
    inside(text, "nft", "-f", "-");
  }

  private void json(String text) throws IOException, InterruptedException {
    inside(text, "nft", "-j", "-f", "-");
  }

  /** Runs a program in the namespace without another one in between, as the library does. */
  private String inside(String input, String... words) throws IOException {
    return NetworkNamespace.named(namespace).call(() -> command(input, words));
  }

  private static String command(String input, String... words)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + ": " + output);
    }
    return output;
  }
}
