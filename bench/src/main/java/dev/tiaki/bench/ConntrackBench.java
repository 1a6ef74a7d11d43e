package dev.tiaki.bench;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.ConntrackOptions;
import dev.tiaki.netfilter.conntrack.Filter;
import dev.tiaki.netfilter.conntrack.Flow;
import dev.tiaki.netfilter.conntrack.FlowSpec;
import dev.tiaki.netfilter.conntrack.FlowUpdate;
import dev.tiaki.netfilter.conntrack.KernelConntrack;
import dev.tiaki.netfilter.conntrack.Tuple;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures what operations on a connection tracking table of 50 000 entries cost: by this library,
 * by bare netlink calls from C, and by conntrack(8), in one run on one table; prints a table in
 * Markdown. Every row says how many entries were met: all of them, or the run fails.
 *
 * <p>Needs root. Arguments: the program {@code ctfloor}, and optionally the number of rounds
 * (default 7).
 */
public final class ConntrackBench {
  private static final int ENTRIES = 50_000;
  private static final int CALLS = 5_000;
  private static final int PROCESSES = 20;
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress SERVER = InetAddress.ofLiteral("192.0.2.2");

  private final String namespace = "tiaki-bench-" + ProcessHandle.current().pid();
  private final String floor;
  private final int rounds;

  private ConntrackBench(String floor, int rounds) {
    this.floor = floor;
    this.rounds = rounds;
  }

  /** Runs the benchmark; see the class comment for the arguments. */
  public static void main(String[] args) throws IOException, InterruptedException {
    ConntrackBench bench =
        new ConntrackBench(args[0], args.length > 1 ? Integer.parseInt(args[1]) : 7);
    command("ip", "netns", "add", bench.namespace);
    try {
      bench.run();
    } finally {
      command("ip", "netns", "del", bench.namespace);
    }
  }

  /** One round of an operation; returns how many entries it met and how long it took. */
  private interface Round {
    Took run() throws IOException, InterruptedException;
  }

  private interface Work {
    long run() throws IOException, InterruptedException;
  }

  private record Took(long met, double micros) {}

  private record Row(String what, int expected, Round round) {}

  private static Took timed(Work work) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long met = work.run();
    return new Took(met, (System.nanoTime() - start) / 1e3);
  }

  private void run() throws IOException, InterruptedException {
    System.out.println("| operation | best µs each | median µs each | entries met |");
    System.out.println("|---|---:|---:|---:|");
    try (Conntrack table = KernelConntrack.open(ConntrackOptions.inNamespace(namespace))) {
      fill(table);
      compare(
          List.of(
              new Row("dump: bare calls (C)", ENTRIES, () -> floor("dump")),
              new Row("dump: this library", ENTRIES, () -> timed(() -> dump(table))),
              new Row("dump: conntrack -L", ENTRIES, () -> timed(this::listed))));
      compare(
          List.of(
              new Row("get: bare calls (C)", CALLS, () -> floor("get")),
              new Row("get: this library", CALLS, () -> timed(() -> get(table))),
              new Row("get: conntrack -G, a process each", PROCESSES, () -> tool("-G", ""))));
      compare(
          List.of(
              new Row("update: bare calls (C)", CALLS, () -> floor("update")),
              new Row("update: this library", CALLS, () -> timed(() -> update(table)))));
      row(
          new Row("update: conntrack -U, a process each", PROCESSES, () -> tool("-U", "-m 70000")),
          1);
      expect(table.count(Filter.ALL.mark(70_000, 0xffff_ffffL)), PROCESSES);
      deletions(table);
    }
  }

  private void deletions(Conntrack table) throws IOException, InterruptedException {
    List<Row> rows =
        List.of(
            new Row("delete: bare calls (C)", CALLS, () -> floor("delete")),
            new Row("delete: this library, by identity", CALLS, () -> deleteAfterRead(table)),
            new Row("delete: conntrack -D, a process each", PROCESSES, () -> tool("-D", "")));
    List<List<Took>> times = new ArrayList<>();
    rows.forEach(_ -> times.add(new ArrayList<>()));
    for (int round = 0; round < Math.min(3, rounds); round++) {
      for (int i = 0; i < rows.size(); i++) {
        long before = table.count(Filter.ALL);
        times.get(i).add(once(rows.get(i)));
        expect(before - table.count(Filter.ALL), rows.get(i).expected);
        refill(table);
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      print(rows.get(i), times.get(i));
    }
    int all = (int) table.count(Filter.ALL);
    row(
        new Row(
            "delete by filter, batched, with its dump",
            all,
            () -> timed(() -> table.deleteAll(Filter.ALL.protocol(17)).done())),
        1);
    expect(table.count(Filter.ALL), 0);
    fill(table);
    row(
        new Row(
            "flush by mark, the kernel chooses",
            ENTRIES,
            () ->
                timed(() -> {
                  table.flush(Filter.ALL.mark(0, 0xffff_ffffL));
                  return ENTRIES - table.count(Filter.ALL);
                })),
        1);
  }

  /** Runs the rows in turn, so that what disturbs the machine disturbs all of them. */
  private void compare(List<Row> rows) throws IOException, InterruptedException {
    List<List<Took>> times = new ArrayList<>();
    rows.forEach(_ -> times.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < rows.size(); i++) {
        times.get(i).add(once(rows.get(i)));
      }
    }
    for (int i = 0; i < rows.size(); i++) {
      print(rows.get(i), times.get(i));
    }
  }

  private static void row(Row row, int times) throws IOException, InterruptedException {
    List<Took> took = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      took.add(once(row));
    }
    print(row, took);
  }

  private static Took once(Row row) throws IOException, InterruptedException {
    Took took = row.round.run();
    expect(took.met, row.expected);
    return took;
  }

  private static void print(Row row, List<Took> times) {
    double[] each = times.stream().mapToDouble(took -> took.micros / row.expected).toArray();
    Arrays.sort(each);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %d of %d |%n",
        row.what,
        each[0],
        each[each.length / 2],
        row.expected,
        row.expected);
  }

  private static void expect(long met, long expected) throws IOException {
    if (met != expected) {
      throw new IOException("met=" + met + " expected=" + expected);
    }
  }

  private static Tuple tuple(int index) {
    return Tuple.udp(CLIENT, 1 + index, SERVER, 53);
  }

  private static void fill(Conntrack table) throws IOException {
    for (int i = 0; i < ENTRIES; i++) {
      table.create(FlowSpec.of(tuple(i), 10_000));
    }
    expect(table.count(Filter.ALL), ENTRIES);
  }

  private static void refill(Conntrack table) throws IOException {
    for (int i = 0; i < CALLS; i++) {
      if (table.get(tuple(i), 0).isEmpty()) {
        table.create(FlowSpec.of(tuple(i), 10_000));
      }
    }
    expect(table.count(Filter.ALL), ENTRIES);
  }

  private static long dump(Conntrack table) throws IOException {
    try (Stream<Flow> flows = table.dump(Filter.ALL)) {
      return flows.filter(flow -> flow.id() != Flow.ABSENT).count();
    }
  }

  private static long get(Conntrack table) throws IOException {
    long found = 0;
    for (int i = 0; i < CALLS; i++) {
      found += table.get(tuple(i), 0).isPresent() ? 1 : 0;
    }
    return found;
  }

  private static long update(Conntrack table) throws IOException {
    for (int i = 0; i < CALLS; i++) {
      table.update(tuple(i), 0, FlowUpdate.mark(i, 0xffff));
    }
    return CALLS;
  }

  private static Took deleteAfterRead(Conntrack table) throws IOException, InterruptedException {
    Flow[] flows = new Flow[CALLS];
    for (int i = 0; i < CALLS; i++) {
      flows[i] = table.get(tuple(i), 0).orElseThrow();
    }
    return timed(() -> {
      long deleted = 0;
      for (Flow flow : flows) {
        deleted +=
            switch (table.delete(flow)) {
              case DELETED -> 1;
              case ALREADY_GONE, REFUSED -> 0;
            };
      }
      return deleted;
    });
  }

  /** The program measures itself: its start does not count. */
  private Took floor(String what) throws IOException, InterruptedException {
    String calls = what.equals("dump") ? "" : " " + CALLS;
    String[] words = inside(floor + " " + what + calls).strip().split(" ", -1);
    return new Took(Long.parseLong(words[0]), Double.parseDouble(words[1]));
  }

  private long listed() throws IOException, InterruptedException {
    String said = inside("conntrack -L 2>&1 >/dev/null");
    return Long.parseLong(said.replaceAll("(?s).*: (\\d+) flow entries have been shown.*", "$1"));
  }

  private Took tool(String verb, String more) throws IOException, InterruptedException {
    return timed(() -> {
      String loop = "n=0; for i in $(seq " + PROCESSES + "); do ";
      String call =
          "conntrack " + verb + " -p udp -s 192.0.2.1 -d 192.0.2.2 --sport $i --dport 53 " + more;
      String end = " >/dev/null 2>&1 && n=$((n+1)); done; echo $n";
      return Long.parseLong(inside(loop + call + end).strip());
    });
  }

  private String inside(String script) throws IOException, InterruptedException {
    return command("ip", "netns", "exec", namespace, "sh", "-c", script);
  }

  private static String command(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + ": " + output);
    }
    return output;
  }
}
