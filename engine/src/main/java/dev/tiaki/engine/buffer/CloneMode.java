package dev.tiaki.engine.buffer;

/** What a copy of a buffer shares with its original; writing one side never changes the other. */
public enum CloneMode {
  /** Both share memory until one of them writes. */
  READ_WRITE("rw"),
  /** The clone gets memory of its own at once. */
  COPY("copy"),
  /** Both share memory and the original can no longer be written. */
  READ_ONLY_ORIGINAL("ro orig"),
  /** Both share memory and the clone cannot be written. */
  READ_ONLY_CLONE("ro clone");

  private final String ruleName;

  CloneMode(String ruleName) {
    this.ruleName = ruleName;
  }

  /**
   * Returns the mode that rules call {@code name}.
   *
   * @throws BufferException {@code invalid clone mode} when there is none
   */
  public static CloneMode named(String name) {
    for (CloneMode mode : values()) {
      if (mode.ruleName.equals(name)) {
        return mode;
      }
    }
    throw BufferException.invalidCloneMode();
  }
}
