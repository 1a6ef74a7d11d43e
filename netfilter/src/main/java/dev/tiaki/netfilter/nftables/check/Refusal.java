package dev.tiaki.netfilter.nftables.check;

/** A document is refused: ends the reading or checking of it, and is turned into a value there. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Pointer pointer;

  /** Makes a refusal without a stack trace, since refused documents are normal input. */
  public Refusal(Pointer pointer, String reason) {
    super(reason, null, false, false);
    this.pointer = pointer;
  }

  /** Returns where the culprit is. */
  public Pointer pointer() {
    return pointer;
  }

  /** Returns why it is refused. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
