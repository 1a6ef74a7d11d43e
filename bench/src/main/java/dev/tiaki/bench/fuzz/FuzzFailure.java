package dev.tiaki.bench.fuzz;

import org.jspecify.annotations.Nullable;

/** Something that must hold did not, for an input that the message names. */
final class FuzzFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  FuzzFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
