package dev.tiaki.cli.control.view;

import dev.tiaki.engine.address.IpAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which flows are wanted: those that are as each part says which is there.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param state a state as rows show it
 * @param decision a decision as rows show it, or {@code none}
 * @param source where the source has to be
 * @param destination where the destination has to be
 * @param address where one of the two has to be
 * @param sourcePort the source's port
 * @param destinationPort the destination's port
 * @param port the port of one of the two
 */
public record FlowFilter(
    @Nullable String protocol,
    @Nullable String state,
    @Nullable String decision,
    @Nullable AddressRange source,
    @Nullable AddressRange destination,
    @Nullable AddressRange address,
    @Nullable Integer sourcePort,
    @Nullable Integer destinationPort,
    @Nullable Integer port) {
  /** The names of the parts. */
  public static final Set<String> PARTS =
      Set.of(
          "protocol",
          "state",
          "decision",
          "source",
          "destination",
          "address",
          "sourcePort",
          "destinationPort",
          "port");

  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp");
  private static final Set<String> DECISIONS =
      Set.of("drop", "reset", "halfreset", "bypass", "none");

  /**
   * Reads a filter from its parts' texts; what is no part is not looked at.
   *
   * @throws IllegalArgumentException when one makes no sense; the message names it
   */
  public static FlowFilter of(Map<String, String> parts) {
    return new FlowFilter(
        word(parts, "protocol", PROTOCOLS),
        word(parts, "state", FlowStates.ALL),
        word(parts, "decision", DECISIONS),
        range(parts, "source"),
        range(parts, "destination"),
        range(parts, "address"),
        port(parts, "sourcePort"),
        port(parts, "destinationPort"),
        port(parts, "port"));
  }

  private static @Nullable String word(Map<String, String> parts, String name, Set<String> words) {
    String word = parts.get(name);
    if (word != null && !words.contains(word)) {
      throw new IllegalArgumentException(
          "%s: '%s' is none of %s".formatted(name, word, String.join(", ", new TreeSet<>(words))));
    }
    return word;
  }

  private static @Nullable AddressRange range(Map<String, String> parts, String name) {
    String text = parts.get(name);
    try {
      return text == null ? null : AddressRange.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": '" + text + "': " + e.getMessage(), e);
    }
  }

  private static @Nullable Integer port(Map<String, String> parts, String name) {
    String text = parts.get(name);
    if (text == null) {
      return null;
    }
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 0xffff) {
      throw new IllegalArgumentException(name + ": '" + text + "' is no port, 0 to 65535");
    }
    return Integer.valueOf(text);
  }

  boolean mayBe(String wanted) {
    return protocol == null || protocol.equals(wanted);
  }

  /** Tells whether a flow between these ends is wanted. */
  boolean matchesEnds(IpAddress from, int fromPort, IpAddress to, int toPort) {
    return (source == null || source.contains(from))
        && (destination == null || destination.contains(to))
        && (address == null || address.contains(from) || address.contains(to))
        && (sourcePort == null || sourcePort == fromPort)
        && (destinationPort == null || destinationPort == toPort)
        && (port == null || port == fromPort || port == toPort);
  }

  /** Tells whether the rest of a row is as wanted. */
  boolean matchesRest(FlowRow row) {
    String decided = row.decision() == null ? "none" : row.decision();
    return (state == null || state.equals(row.state()))
        && (decision == null || decision.equals(decided));
  }
}
