package dev.tiaki.bench;

import static dev.tiaki.netfilter.nftables.dsl.Nft.accept;
import static dev.tiaki.netfilter.nftables.dsl.Nft.counter;
import static dev.tiaki.netfilter.nftables.dsl.Nft.ct;
import static dev.tiaki.netfilter.nftables.dsl.Nft.ip;
import static dev.tiaki.netfilter.nftables.dsl.Nft.tcp;

import dev.tiaki.netfilter.nftables.dsl.ConnectionState;
import dev.tiaki.netfilter.nftables.dsl.Script;
import dev.tiaki.netfilter.nftables.dsl.Values;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.json.ReadResult;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import dev.tiaki.netfilter.nftables.rule.Expression;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Measures how fast nftables documents are written to and read from JSON in memory: 20 000 rules,
 * and 100 000 elements of a set. Prints a table in Markdown.
 *
 * <p>Argument: optionally the number of rounds (default 15), the first third of which is not
 * counted.
 */
public final class NftJsonBench {
  private static final int RULES = 20_000;
  private static final int ELEMENTS = 100_000;

  private final int rounds;

  private NftJsonBench(int rounds) {
    this.rounds = rounds;
  }

  /** Runs the benchmark; see the class comment for the arguments. */
  public static void main(String[] args) throws UnknownHostException {
    NftJsonBench bench = new NftJsonBench(args.length > 0 ? Integer.parseInt(args[0]) : 15);
    System.out.println("| document | work | MB | best MB/s | median MB/s |");
    System.out.println("|---|---|---:|---:|---:|");
    bench.measure("20 000 rules", rules());
    bench.measure("100 000 elements", elements());
  }

  private static NftDocument rules() throws UnknownHostException {
    Script script = Script.table(NftFamily.INET, "bench").chain("rules");
    for (int i = 0; i < RULES; i++) {
      script.rule(
          "rules",
          ip().saddr().eq(address(i)),
          tcp().dport().eq(i & 0xffff),
          ct().state().any(ConnectionState.NEW, ConnectionState.ESTABLISHED),
          counter(),
          accept());
    }
    return script.document();
  }

  private static NftDocument elements() throws UnknownHostException {
    Expression[] elements = new Expression[ELEMENTS];
    for (int i = 0; i < ELEMENTS; i++) {
      elements[i] = Values.address(address(i));
    }
    return Script.table(NftFamily.IP, "bench")
        .set("hosts", List.of("ipv4_addr"))
        .elements("hosts", elements)
        .document();
  }

  private static InetAddress address(int i) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i});
  }

  private void measure(String what, NftDocument document) {
    byte[] json = NftWriter.DEFAULT.toBytes(document);
    row(what, "write", json.length, () -> NftWriter.DEFAULT.toBytes(document).length);
    row(what, "read leniently", json.length, () -> items(NftReader.lenient(), json));
    NftReader strict = NftReader.strict(NftVersion.V1_0_6);
    row(what, "read strictly and check", json.length, () -> items(strict, json));
  }

  private static int items(NftReader reader, byte[] json) {
    return switch (reader.read(json)) {
      case ReadResult.Read(NftDocument document) -> document.items().size();
      case ReadResult.Refused(var problem) -> throw new IllegalStateException(problem.toString());
    };
  }

  private void row(String what, String work, int bytes, IntSupplier round) {
    double[] speeds = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      if (round.getAsInt() == 0) {
        throw new IllegalStateException(what + ": nothing was done");
      }
      speeds[i] = bytes * 1e3 / (System.nanoTime() - start);
    }
    double[] counted = Arrays.copyOfRange(speeds, rounds / 3, rounds);
    Arrays.sort(counted);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.1f | %.0f | %.0f |%n",
        what,
        work,
        bytes / 1e6,
        counted[counted.length - 1],
        counted[counted.length / 2]);
  }
}
