package dev.tiaki.engine.rule;

import org.jspecify.annotations.Nullable;

/**
 * A rule raised an error, or was stopped because it ran past its budget.
 *
 * <p>The message is the text that is logged; it carries the position {@code file:line:} when the
 * rule's language gave one. The layer that was dissecting catches it, logs it and applies the
 * policy {@code on-rule-error}: a failure is never an accept by accident.
 */
public final class RuleFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String ruleName;
  private final @Nullable String location;
  private final @Nullable OnRuleError policy;

  /**
   * Makes a failure.
   *
   * @param message the text to log
   * @param ruleName the name of the rule, when it has one
   * @param location {@code file:line} of the rule, when known
   */
  public RuleFailure(String message, @Nullable String ruleName, @Nullable String location) {
    this(message, ruleName, location, null);
  }

  /**
   * Makes a failure of a rule that says itself what its failures mean.
   *
   * @param message the text to log
   * @param ruleName the name of the rule, when it has one
   * @param location {@code file:line} of the rule, when known
   * @param policy what the failure means, or null when the program's policy says it
   */
  public RuleFailure(
      String message,
      @Nullable String ruleName,
      @Nullable String location,
      @Nullable OnRuleError policy) {
    super(message, null, false, false);
    this.policy = policy;
    this.ruleName = ruleName;
    this.location = location;
  }

  /** Returns the text to log. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }

  /** Returns the name of the rule that failed, or null. */
  public @Nullable String ruleName() {
    return ruleName;
  }

  /** Returns what the rule says its failures mean, or null. */
  public @Nullable OnRuleError policy() {
    return policy;
  }

  /** Returns where the rule stands, {@code file:line}, or null. */
  public @Nullable String location() {
    return location;
  }
}
