package dev.tiaki.cli.inline;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.enforcement.Confirmation;
import dev.tiaki.engine.enforcement.FlowDecision;
import dev.tiaki.engine.flow.FlowKey;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one flow, and by whom.
 *
 * @param ends which flow
 * @param action what rules call the decision, such as {@code drop}
 * @param kernel how far the kernel has taken it over: confirmed, pending, none
 * @param rule the name of the rule, when it has one
 * @param location {@code file:line} of the rule, when known
 */
public record DecidedFlow(
    Ends ends, String action, String kernel, @Nullable String rule, @Nullable String location) {
  private static final String PENDING = "pending";

  /**
   * Which flow.
   *
   * @param protocol the IP protocol's number
   * @param source the initiator's address
   * @param sourcePort its port
   * @param destination the responder's address, behind translation
   * @param destinationPort its port
   */
  public record Ends(
      int protocol, String source, int sourcePort, String destination, int destinationPort) {
    /** Returns the ends of a key. */
    public static Ends of(int protocol, FlowKey key) {
      return new Ends(
          protocol,
          text(key.source()),
          key.sourcePort(),
          text(key.destination()),
          key.destinationPort());
    }

    private static String text(IpAddress address) {
      return address.toString();
    }
  }

  /** Returns what was decided about the flow of {@code key}. */
  public static DecidedFlow of(
      int protocol,
      FlowKey key,
      FlowDecision decision,
      Confirmation confirmation,
      @Nullable String rule,
      @Nullable String location) {
    return new DecidedFlow(
        Ends.of(protocol, key),
        decision.word(),
        confirmation.name().toLowerCase(Locale.ROOT),
        rule,
        location);
  }

  /** Returns this as what became of {@code before}, when that waited for the kernel. */
  DecidedFlow following(DecidedFlow before) {
    boolean same = before.kernel.equals(PENDING) && before.action.equals(action);
    return same && rule == null && location == null
        ? new DecidedFlow(ends, action, kernel, before.rule, before.location)
        : this;
  }

  /** Returns it for people: the action, the rule, the kernel. */
  public String text() {
    StringBuilder text = new StringBuilder(action);
    if (rule != null) {
      text.append(" by '").append(rule).append('\'');
    }
    if (location != null) {
      text.append(" (").append(location).append(')');
    }
    return text.append(", ").append(kernel).toString();
  }
}
