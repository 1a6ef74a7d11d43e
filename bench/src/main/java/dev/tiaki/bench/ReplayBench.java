package dev.tiaki.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures {@code tiaki replay} against libpcap merely reading the same files, load by load and
 * rule by rule, and prints a table in Markdown.
 *
 * <p>Arguments: the folder with the generator's sources, the folder for load files, the launcher,
 * the folder with the rules, and optionally the number of paired runs (default 3), a load to
 * restrict to, a rule to restrict to.
 */
public final class ReplayBench {
  private static final List<String> RULES = List.of("empty", "openclose", "count", "streamed");

  private final LoadGenerator loads;
  private final Path launcher;
  private final Path rules;
  private final int runs;

  private ReplayBench(LoadGenerator loads, Path launcher, Path rules, int runs) {
    this.loads = loads;
    this.launcher = launcher;
    this.rules = rules;
    this.runs = runs;
  }

  /** Runs the benchmark; see the class comment for the arguments. */
  public static void main(String[] args) throws IOException, InterruptedException {
    LoadGenerator loads = new LoadGenerator(Path.of(args[0]), Path.of(args[1]));
    loads.prepare();
    int runs = args.length > 4 ? Integer.parseInt(args[4]) : 3;
    ReplayBench bench = new ReplayBench(loads, Path.of(args[2]), Path.of(args[3]), runs);
    System.out.println("| load | rule | ns CPU / packet | × libpcap reading | gate |");
    System.out.println("|---|---|---:|---:|---|");
    for (Load load : Load.ALL) {
      if (args.length <= 5 || args[5].equals("all") || args[5].equals(load.mode())) {
        bench.measure(load, args.length > 6 ? List.of(args[6]) : RULES);
      }
    }
  }

  private void measure(Load load, List<String> names) throws IOException, InterruptedException {
    Path small = loads.file(load, load.smallConnections());
    Path large = loads.file(load, load.largeConnections());
    long packets = packetsIn(large) - packetsIn(small);
    List<Double> floor = new ArrayList<>();
    for (int run = 0; run < runs + 2; run++) {
      floor.add(loads.floor(large).cpuSeconds() - loads.floor(small).cpuSeconds());
    }
    Measurement reading = Measurement.of(packets, floor);
    print(load, "(libpcap)", reading, reading, "");
    for (String rule : names) {
      List<Double> differences = new ArrayList<>();
      String gate = "";
      for (int run = 0; run < runs; run++) {
        double lower = replay(rule, small).cpuSeconds();
        MeasuredProcess.Outcome outcome = replay(rule, large);
        differences.add(outcome.cpuSeconds() - lower);
        gate = gateOf(outcome);
      }
      print(load, rule, Measurement.of(packets, differences), reading, gate);
    }
  }

  private long packetsIn(Path file) throws IOException, InterruptedException {
    String counted = loads.floor(file).output();
    return Long.parseLong(counted.substring(0, counted.indexOf(' ')));
  }

  private MeasuredProcess.Outcome replay(String rule, Path file)
      throws IOException, InterruptedException {
    return MeasuredProcess.run(
        List.of(
            launcher.toString(),
            "replay",
            "-r",
            rules.resolve(rule + ".lua").toString(),
            "--stats",
            "json",
            file.toString()));
  }

  // The rule prints what it counted; where no rule counts, the engine's own summary is the gate.
  private static String gateOf(MeasuredProcess.Outcome outcome) {
    return outcome
        .output()
        .lines()
        .filter(line -> line.startsWith("gate "))
        .map(line -> line.substring(5))
        .findFirst()
        .orElseGet(() -> GateText.of(outcome.errors()));
  }

  private static void print(
      Load load, String rule, Measurement measured, Measurement floor, String gate) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f | %.2f | %s |%n",
        load.mode(),
        rule,
        measured.nanosPerPacket(),
        measured.ratioTo(floor),
        gate);
  }
}
