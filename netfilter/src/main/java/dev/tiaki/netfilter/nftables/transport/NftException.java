package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.nftables.check.NftProblem;
import java.io.IOException;

/** A document was not applied, or it is not certain that it was. */
public final class NftException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** There is no nft, or it cannot be started. */
    NO_PROGRAM,
    /** This program may not change rules: it lacks CAP_NET_ADMIN. */
    NOT_PERMITTED,
    /** The document is wrong, or this release of nft would misread it; nft did not see it. */
    INVALID,
    /** nft or the kernel refused the document as a whole. */
    REFUSED,
    /** nft crashed. */
    CRASHED,
    /** nft took longer than it may, and was ended. */
    TIMED_OUT,
    /** nft says that it is done, but its answer does not prove it. */
    UNPROVEN
  }

  /** What is known of the ruleset. */
  public enum Effect {
    /** It is as it was. */
    NONE,
    /** It was changed meanwhile, by the document or by somebody else: list it. */
    UNKNOWN
  }

  private final Kind kind;
  private final Effect effect;
  private final transient NftProblem problem;

  NftException(Kind kind, Effect effect, NftProblem problem) {
    super(message(effect, problem));
    this.kind = kind;
    this.effect = effect;
    this.problem = problem;
  }

  /** Makes an exception about no command in particular, after which the ruleset is as it was. */
  NftException(Kind kind, String reason) {
    this(kind, Effect.NONE, new NftProblem(-1, "", reason));
  }

  /** Returns the same with what is known of the ruleset. */
  NftException with(Effect known) {
    NftException told = new NftException(kind, known, problem);
    told.initCause(this);
    return told;
  }

  private static String message(Effect effect, NftProblem problem) {
    String where =
        problem.command() < 0
            ? ""
            : "command %d, %s: ".formatted(problem.command(), problem.pointer());
    String rest =
        effect == Effect.NONE ? "" : "; the ruleset was changed meanwhile: list it to see how";
    return where + problem.reason() + rest;
  }

  /** Returns why. */
  public Kind kind() {
    return kind;
  }

  /** Returns what is known of the ruleset. */
  public Effect effect() {
    return effect;
  }

  /** Returns the number of the command to blame, from 0, or -1 when it is none in particular. */
  public int command() {
    return problem.command();
  }

  /** Returns the place in the document as a JSON pointer (RFC 6901), empty for all of it. */
  public String pointer() {
    return problem.pointer();
  }

  /** Returns what nft and the kernel said, or what is wrong, in one line. */
  public String reason() {
    return problem.reason();
  }
}
