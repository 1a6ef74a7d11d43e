package dev.tiaki.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What this machine has of the things that tiaki can work with; nothing is run to find out. */
final class MachineTools {
  private static final List<Path> LIBRARY_FOLDERS =
      List.of(
          Path.of("/usr/lib"),
          Path.of("/usr/lib64"),
          Path.of("/usr/local/lib"),
          Path.of(
              "/usr/lib/"
                  + System.getProperty("os.arch").replace("amd64", "x86_64")
                  + "-linux-gnu"));

  private MachineTools() {}

  static Map<String, String> find() {
    Map<String, String> found = new LinkedHashMap<>();
    found.put("libpcap", library("libpcap.so"));
    found.put("nft", command("nft"));
    found.put("kernel", kernelFeatures());
    return found;
  }

  private static String library(String prefix) {
    return LIBRARY_FOLDERS.stream()
        .filter(Files::isDirectory)
        .flatMap(folder -> startingWith(folder, prefix).stream())
        .findFirst()
        .orElse("not found");
  }

  private static List<String> startingWith(Path folder, String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(Path::toString)
          .filter(file -> file.startsWith(folder + "/" + prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String command(String name) {
    String folders = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Stream.of(folders.split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse("not found");
  }

  private static String kernelFeatures() {
    return "conntrack "
        + present("/proc/sys/net/netfilter/nf_conntrack_max")
        + ", netfilter queue "
        + present("/proc/net/netfilter/nfnetlink_queue");
  }

  private static String present(String file) {
    return Files.exists(Path.of(file)) ? "yes" : "no";
  }
}
