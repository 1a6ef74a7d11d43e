package dev.tiaki.cli.output;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal that says how far a run is, how fast, and how long it will take. The run
 * only notes numbers; a thread of its own writes them down, five times a second.
 */
public final class ProgressBar {
  private static final int WIDTH = 30;
  private static final long INTERVAL_MILLIS = 200;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream terminal;
  private final long startNanos = System.nanoTime();
  private @Nullable Thread thread;
  private volatile double done;
  private volatile long packets;
  private volatile boolean closed;

  /** Makes a bar on {@code terminal}; nothing is shown before {@link #start}. */
  public ProgressBar(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** Begins to show progress. */
  public void start() {
    thread = Thread.ofPlatform().daemon().name("progress").start(this::show);
  }

  /**
   * Notes how far the run is.
   *
   * @param share from 0 to 1; negative when nobody knows
   * @param packetsSoFar how many packets were read
   */
  public void update(double share, long packetsSoFar) {
    done = share;
    packets = packetsSoFar;
  }

  private void show() {
    try {
      while (!closed) {
        Thread.sleep(INTERVAL_MILLIS);
        if (!closed) {
          double seconds = (System.nanoTime() - startNanos) / 1e9;
          terminal.print(CLEAR_LINE + line(done, packets, seconds));
          terminal.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the line after {@code seconds} of work. */
  static String line(double share, long packets, double seconds) {
    String counts =
        String.format(
            Locale.ROOT, "%,d packets  %,.0f/s", packets, packets / Math.max(seconds, 1e-9));
    if (share < 0) {
      return counts;
    }
    int filled = (int) Math.round(share * WIDTH);
    String bar = "=".repeat(filled) + " ".repeat(WIDTH - filled);
    return String.format(Locale.ROOT, "[%s] %3.0f %%  %s", bar, share * 100, counts)
        + left(share, seconds);
  }

  private static String left(double share, double seconds) {
    if (share <= 0) {
      return "";
    }
    long left = Math.round(seconds / share - seconds);
    return String.format(Locale.ROOT, "  %d:%02d left", left / 60, left % 60);
  }

  /** Shows no more. */
  public void finish() {
    boolean shown = !closed && thread != null;
    closed = true;
    if (shown && thread != null) {
      thread.interrupt();
      terminal.print(CLEAR_LINE);
      terminal.flush();
    }
  }
}
