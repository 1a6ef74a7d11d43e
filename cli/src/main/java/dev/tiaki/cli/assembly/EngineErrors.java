package dev.tiaki.cli.assembly;

import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.worker.EngineErrorHandler;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reports defects of the engine: each of the first few with a line, with its stack trace when asked
 * for, and all of them counted. A failing output is none: it ends the run.
 */
public final class EngineErrors implements EngineErrorHandler {
  private static final int MAX_REPORTED = 5;

  private final PrintStream errors;
  private final boolean traces;
  private final AtomicLong count = new AtomicLong();

  /** Makes a handler that writes to {@code errors}. */
  public EngineErrors(PrintStream errors, boolean traces) {
    this.errors = errors;
    this.traces = traces;
  }

  @Override
  public void failed(Packet packet, RuntimeException defect) {
    if (defect instanceof UncheckedIOException) {
      throw defect;
    }
    if (count.incrementAndGet() <= MAX_REPORTED) {
      errors.println(
          "tiaki: internal error on packet "
              + packet.number()
              + ", which was dropped ("
              + defect
              + "); please report it with what --debug prints");
      if (traces) {
        defect.printStackTrace(errors);
      }
    }
  }

  /** Returns how many defects there were. */
  public long count() {
    return count.get();
  }
}
