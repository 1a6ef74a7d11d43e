package dev.tiaki.cli.conntrack;

import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.FlowSpec;
import dev.tiaki.netfilter.format.SaveFormat;
import dev.tiaki.netfilter.netlink.Errno;
import dev.tiaki.netfilter.netlink.NetlinkException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tiaki conntrack load}. */
@Command(
    name = "load",
    description = "Make the entries that 'list --save' wrote; those that exist stay as they are.")
final class LoadFlows extends TableCommand {
  @Parameters(paramLabel = "FILE", description = "The file, or - for standard input.")
  private String file = "-";

  @Option(
      names = {"-w", "--zone"},
      paramLabel = "ZONE",
      description = "Put all of them into this zone.")
  private int zone = -1;

  LoadFlows() {}

  @Override
  int work(Conntrack conntrack, PrintWriter out) throws IOException {
    int made = 0;
    int existing = 0;
    int number = 0;
    for (String line : lines()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (create(conntrack, spec(line, number))) {
        made++;
      } else {
        existing++;
      }
    }
    out.println(made + " created, " + existing + " existed");
    return 0;
  }

  private List<String> lines() throws IOException {
    if (!file.equals("-")) {
      try {
        return Files.readAllLines(Path.of(file));
      } catch (NoSuchFileException e) {
        throw new IOException(file + ": there is no such file", e);
      }
    }
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        .lines()
        .toList();
  }

  private FlowSpec spec(String line, int number) throws IOException {
    try {
      FlowSpec spec = SaveFormat.parse(line);
      return zone < 0 ? spec : spec.withZone(zone);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ":" + number + ": " + e.getMessage(), e);
    }
  }

  private static boolean create(Conntrack conntrack, FlowSpec spec) throws IOException {
    try {
      conntrack.create(spec);
      return true;
    } catch (NetlinkException e) {
      if (e.errno() == Errno.EEXIST) {
        return false;
      }
      throw e;
    }
  }
}
