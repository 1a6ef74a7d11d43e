package dev.tiaki.cli.command;

import dev.tiaki.cli.inline.MarkPlan;
import dev.tiaki.cli.live.FailPolicy;
import dev.tiaki.cli.live.Hook;
import dev.tiaki.cli.live.LiveSettings;
import dev.tiaki.cli.live.QueueRange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where live packets come from and what the kernel is told. */
final class LiveOptions {
  @Option(
      names = "--queue",
      paramLabel = "N[-M]",
      description = "Serve these kernel queues, one worker each (default: 0).")
  String queue = "0";

  @Option(
      names = "--hook",
      paramLabel = "HOOK",
      description = "Where packets are queued: forward, input, output, prerouting.")
  String hook = "forward";

  @Option(
      names = "--fail",
      paramLabel = "HOW",
      description = "What happens to packets that nobody can decide about: open, closed.")
  String fail = "closed";

  @Option(
      names = "--mark-mask",
      paramLabel = "MASK",
      description = "Three or more mark bits that may be used (default: 0x70000000).")
  @Nullable String markMask;

  @Option(
      names = "--queue-length",
      paramLabel = "N",
      description = "How many packets may wait in each queue (default: ${DEFAULT-VALUE}).")
  int queueLength = LiveSettings.DEFAULT_QUEUE_LENGTH;

  @Option(
      names = "--receive-buffer",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Memory for packets on their way to each worker (default: 16M).")
  long receiveBufferBytes = LiveSettings.DEFAULT_RECEIVE_BUFFER_BYTES;

  @Option(
      names = "--mtu",
      paramLabel = "BYTES",
      description = "The largest packet that edits may make (default: ${DEFAULT-VALUE}).")
  int mtuBytes = LiveSettings.DEFAULT_MTU_BYTES;

  @Option(
      names = "--no-rules",
      description = "Leave the kernel's rules alone: your own bring packets to the queue.")
  boolean noRules;

  LiveOptions() {}

  /**
   * Returns the settings.
   *
   * @throws IllegalArgumentException when one makes no sense; the message says which
   */
  LiveSettings toSettings() {
    return new LiveSettings(
        QueueRange.of(queue),
        word(Hook.class, "--hook", hook),
        word(FailPolicy.class, "--fail", fail),
        markMask == null ? MarkPlan.DEFAULT : new MarkPlan(Long.decode(markMask).intValue()),
        queueLength,
        Math.toIntExact(receiveBufferBytes),
        mtuBytes);
  }

  private static <E extends Enum<E>> E word(Class<E> kind, String option, String word) {
    try {
      return Enum.valueOf(kind, word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": there is no '" + word + "'", e);
    }
  }
}
