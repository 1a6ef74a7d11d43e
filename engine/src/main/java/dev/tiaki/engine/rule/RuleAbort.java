package dev.tiaki.engine.rule;

/**
 * Ends the processing of the current packet silently; what {@code haka.abort()} raises.
 *
 * <p>There is one instance without a stack trace: an abort is a normal way to stop and happens for
 * each packet that a rule drops.
 */
public final class RuleAbort extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // safe to keep: it has neither a stack trace nor suppressed exceptions
  @SuppressWarnings("StaticAssignmentOfThrowable")
  private static final RuleAbort INSTANCE = new RuleAbort();

  private RuleAbort() {
    super("aborted by a rule", null, false, false);
  }

  /** Returns the only instance. */
  public static RuleAbort instance() {
    return INSTANCE;
  }
}
