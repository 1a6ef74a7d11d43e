package dev.tiaki.engine.packet;

import org.jspecify.annotations.Nullable;

/**
 * Who decided that a packet or a flow is dropped: a rule, a policy or a limit.
 *
 * @param rule the rule's name, when it has one
 * @param location {@code file:line} of the rule, when known
 * @param detail what else there is to say: the policy, the limit, what is broken; or null
 */
public record DropOrigin(
    @Nullable String rule, @Nullable String location, @Nullable String detail) {

  /** Returns the origin of drops that no rule is behind. */
  public static DropOrigin of(String detail) {
    return new DropOrigin(null, null, detail);
  }

  /** Returns the whole as people read it; empty when nothing is known. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (rule != null) {
      text.append("rule '").append(rule).append('\'');
    } else if (location != null) {
      text.append("rule");
    }
    boolean placed = detail != null && location != null && detail.startsWith(location);
    if (location != null && !placed) {
      text.append(" at ").append(location);
    }
    if (detail != null) {
      text.append(text.isEmpty() ? "" : ": ").append(detail);
    }
    return text.toString();
  }
}
