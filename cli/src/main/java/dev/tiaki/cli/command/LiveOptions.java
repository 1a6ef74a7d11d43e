package dev.tiaki.cli.command;

import dev.tiaki.cli.inline.MarkPlan;
import dev.tiaki.cli.kernelrules.Balance;
import dev.tiaki.cli.kernelrules.RulePlan;
import dev.tiaki.cli.kernelrules.Selection;
import dev.tiaki.cli.live.FailPolicy;
import dev.tiaki.cli.live.Hook;
import dev.tiaki.cli.live.LiveSettings;
import dev.tiaki.cli.live.QueueRange;
import dev.tiaki.cli.startup.Finding;
import dev.tiaki.cli.startup.StartChecks;
import dev.tiaki.engine.libpcap.DeviceOptions;
import dev.tiaki.netfilter.conntrack.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
      names = {"-i", "--interface"},
      paramLabel = "IF",
      split = ",",
      description = "Instead of serving queues, observe these interfaces; nothing is enforced.")
  List<String> interfaces = new ArrayList<>();

  @Option(
      names = "--filter",
      paramLabel = "BPF",
      description = "Inspect only packets that pass this filter of libpcap's language.")
  @Nullable String filter;

  @Option(names = "--no-promiscuous", description = "Observe only what is meant for this host.")
  boolean noPromiscuous;

  @Option(
      names = "--hook",
      paramLabel = "HOOK",
      description =
          "Where packets are queued: forward, prerouting; input and output see one direction of a"
              + " connection, edits are refused there.")
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
      names = "--watchdog",
      paramLabel = "SECONDS",
      description =
          "A worker that does not move for so long is stuck: its packets meet --fail (default:"
              + " ${DEFAULT-VALUE}; 0: never).")
  int watchdogSeconds = LiveSettings.DEFAULT_WATCHDOG_SECONDS;

  @Option(
      names = "--no-rules",
      description = "Leave the kernel's rules alone: your own bring packets to the queue.")
  boolean noRules;

  @Option(
      names = "--print-rules",
      description = "Print the kernel's rules that would be made, and end.")
  boolean printRules;

  @Option(
      names = "--check",
      description = "Say what this machine lacks for these options and what to do, and end.")
  boolean check;

  @Option(
      names = "--guard-interface",
      paramLabel = "IF",
      split = ",",
      description = "Queue only what comes in or goes out by these interfaces.")
  List<String> guardInterfaces = new ArrayList<>();

  @Option(
      names = "--guard-address",
      paramLabel = "ADDRESS[/LENGTH]",
      split = ",",
      description = "Queue only what comes from or goes to these.")
  List<String> guardAddresses = new ArrayList<>();

  @Option(
      names = "--guard-port",
      paramLabel = "N[-M]",
      split = ",",
      description = "Queue only TCP and UDP from or to these ports.")
  List<String> guardPorts = new ArrayList<>();

  @Option(
      names = "--guard-protocol",
      paramLabel = "NAME",
      split = ",",
      description = "Queue only these transport protocols.")
  List<String> guardProtocols = new ArrayList<>();

  @Option(
      names = "--balance",
      paramLabel = "HOW",
      description = "How several queues share packets: addresses, processors (default: addresses).")
  String balance = "addresses";

  LiveOptions() {}

  /**
   * Returns the settings.
   *
   * @throws IllegalArgumentException when one makes no sense; the message says which
   */
  LiveSettings toSettings() {
    return new LiveSettings(
        QueueRange.of(queue),
        word(Hook.class, "hook", hook),
        word(FailPolicy.class, "fail", fail),
        marks(),
        queueLength,
        (int) Math.min(Integer.MAX_VALUE, receiveBufferBytes),
        mtuBytes,
        watchdogSeconds,
        filter);
  }

  private MarkPlan marks() {
    if (markMask == null) {
      return MarkPlan.DEFAULT;
    }
    try {
      long mask = Long.decode(markMask);
      if (mask >>> Integer.SIZE == 0) {
        return new MarkPlan((int) mask);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "mark-mask '%s': must be a number of 32 bits, such as 0x70000000".formatted(markMask));
  }

  /**
   * Returns what the kernel's rules are to do.
   *
   * @throws IllegalArgumentException when it makes no sense; the message says what
   */
  RulePlan toRulePlan() {
    LiveSettings settings = toSettings();
    return new RulePlan(
        settings.hook(),
        new Selection(
            guardInterfaces,
            guardAddresses.stream().map(Prefix::parse).toList(),
            guardPorts.stream().map(Selection.Ports::of).toList(),
            guardProtocols),
        settings.queues(),
        word(Balance.class, "balance", balance),
        settings.fail() == FailPolicy.OPEN,
        settings.marks());
  }

  /** Looks for what these options need of the machine. */
  List<Finding> missingOnThisMachine() {
    return findings().stream().filter(Finding::isMissing).toList();
  }

  /** Looks for what these options need of the machine, found or not. */
  List<Finding> findings() {
    QueueRange queues = QueueRange.of(queue);
    return interfaces.isEmpty()
        ? StartChecks.forQueues(
            IntStream.rangeClosed(queues.first(), queues.last()), !noRules, filter != null)
        : StartChecks.forInterfaces(interfaces);
  }

  DeviceOptions toDeviceOptions() {
    return DeviceOptions.DEFAULTS.withFilter(filter).withPromiscuous(!noPromiscuous);
  }

  private static <E extends Enum<E>> E word(Class<E> kind, String option, String word) {
    try {
      return Enum.valueOf(kind, word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s '%s': must be one of %s"
              .formatted(
                  option,
                  word,
                  Stream.of(kind.getEnumConstants())
                      .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining(", "))),
          e);
    }
  }
}
