package dev.tiaki.netfilter.netlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel lets this thread do, read from {@code /proc} (proc_pid_status(5)).
 *
 * @param effective a bit for each capability that counts now
 * @param ambient a bit for each that programs it starts have too, unless they are root's
 */
public record Capabilities(long effective, long ambient) {
  /** Change the network: queues, rules, the connection table. From {@code linux/capability.h}. */
  public static final int NET_ADMIN = 12;

  /** Open raw sockets. */
  public static final int NET_RAW = 13;

  private static final Path STATUS = Path.of("/proc/thread-self/status");

  /** Returns those of this thread; none where the kernel does not say. */
  public static Capabilities own() {
    try {
      return of(Files.readAllLines(STATUS));
    } catch (IOException e) {
      return new Capabilities(0, 0);
    }
  }

  static Capabilities of(List<String> status) {
    return new Capabilities(bits(status, "CapEff:"), bits(status, "CapAmb:"));
  }

  private static long bits(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> Long.parseUnsignedLong(line.substring(name.length()).strip(), 16))
        .findFirst()
        .orElse(0L);
  }

  /** Tells whether this thread may do what {@code capability} stands for. */
  public boolean has(int capability) {
    return (effective >>> capability & 1) != 0;
  }

  /** Tells whether programs that it starts have {@code capability} too. */
  public boolean hands(int capability) {
    return (ambient >>> capability & 1) != 0;
  }
}
