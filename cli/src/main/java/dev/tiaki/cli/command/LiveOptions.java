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

/** Where live packets come from and what the kernel is told. */
final class LiveOptions {
  String queue = "0";

  List<String> interfaces = new ArrayList<>();

  @Nullable String filter;

  boolean noPromiscuous;

  String hook = "forward";

  String fail = "closed";

  @Nullable String markMask;

  int queueLength = LiveSettings.DEFAULT_QUEUE_LENGTH;

  long receiveBufferBytes = LiveSettings.DEFAULT_RECEIVE_BUFFER_BYTES;

  int mtuBytes = LiveSettings.DEFAULT_MTU_BYTES;

  int watchdogSeconds = LiveSettings.DEFAULT_WATCHDOG_SECONDS;

  boolean noRules;

  boolean printRules;

  boolean check;

  List<String> guardInterfaces = new ArrayList<>();

  List<String> guardAddresses = new ArrayList<>();

  List<String> guardPorts = new ArrayList<>();

  List<String> guardProtocols = new ArrayList<>();

  String balance = "addresses";

  LiveOptions() {}

  /** Adds them to a command. */
  void addTo(Options options) {
    addSource(options);
    addKernel(options);
    addGuarded(options);
  }

  private void addSource(Options options) {
    options
        .value(String.class, "--queue")
        .label("N[-M]")
        .says("Serve these kernel queues, one worker each (default: 0).")
        .into(() -> queue, given -> queue = given);
    options
        .list(String.class, "-i", "--interface")
        .label("IF")
        .separatedByCommas()
        .says("Instead of serving queues, observe these interfaces; nothing is enforced.")
        .into(() -> interfaces, given -> interfaces = given);
    options
        .value(String.class, "--filter")
        .label("BPF")
        .says("Inspect only packets that pass this filter of libpcap's language.")
        .into(() -> filter, given -> filter = given);
    options
        .flag("--no-promiscuous")
        .says("Observe only what is meant for this host.")
        .into(() -> noPromiscuous, given -> noPromiscuous = given);
  }

  private void addKernel(Options options) {
    options
        .value(String.class, "--hook")
        .label("HOOK")
        .says(
            "Where packets are queued: forward, prerouting; input and output see one direction of a"
                + " connection, edits are refused there.")
        .into(() -> hook, given -> hook = given);
    options
        .value(String.class, "--fail")
        .label("HOW")
        .says("What happens to packets that nobody can decide about: open, closed.")
        .into(() -> fail, given -> fail = given);
    options
        .value(String.class, "--mark-mask")
        .label("MASK")
        .says("Three or more mark bits that may be used (default: 0x70000000).")
        .into(() -> markMask, given -> markMask = given);
    options
        .value(Integer.class, "--queue-length")
        .label("N")
        .says("How many packets may wait in each queue (default: ${DEFAULT-VALUE}).")
        .into(() -> queueLength, given -> queueLength = given);
    options
        .size("--receive-buffer")
        .label("SIZE")
        .says("Memory for packets on their way to each worker (default: 16M).")
        .into(() -> receiveBufferBytes, given -> receiveBufferBytes = given);
    options
        .value(Integer.class, "--mtu")
        .label("BYTES")
        .says("The largest packet that edits may make (default: ${DEFAULT-VALUE}).")
        .into(() -> mtuBytes, given -> mtuBytes = given);
    options
        .value(Integer.class, "--watchdog")
        .label("SECONDS")
        .says(
            "A worker that does not move for so long is stuck: its packets meet --fail (default:"
                + " ${DEFAULT-VALUE}; 0: never).")
        .into(() -> watchdogSeconds, given -> watchdogSeconds = given);
    options
        .flag("--no-rules")
        .says("Leave the kernel's rules alone: your own bring packets to the queue.")
        .into(() -> noRules, given -> noRules = given);
    options
        .flag("--print-rules")
        .says("Print the kernel's rules that would be made, and end.")
        .into(() -> printRules, given -> printRules = given);
    options
        .flag("--check")
        .says("Say what this machine lacks for these options and what to do, and end.")
        .into(() -> check, given -> check = given);
  }

  private void addGuarded(Options options) {
    options
        .list(String.class, "--guard-interface")
        .label("IF")
        .separatedByCommas()
        .says("Queue only what comes in or goes out by these interfaces.")
        .into(() -> guardInterfaces, given -> guardInterfaces = given);
    options
        .list(String.class, "--guard-address")
        .label("ADDRESS[/LENGTH]")
        .separatedByCommas()
        .says("Queue only what comes from or goes to these.")
        .into(() -> guardAddresses, given -> guardAddresses = given);
    options
        .list(String.class, "--guard-port")
        .label("N[-M]")
        .separatedByCommas()
        .says("Queue only TCP and UDP from or to these ports.")
        .into(() -> guardPorts, given -> guardPorts = given);
    options
        .list(String.class, "--guard-protocol")
        .label("NAME")
        .separatedByCommas()
        .says("Queue only these transport protocols.")
        .into(() -> guardProtocols, given -> guardProtocols = given);
    options
        .value(String.class, "--balance")
        .label("HOW")
        .says("How several queues share packets: addresses, processors (default: addresses).")
        .into(() -> balance, given -> balance = given);
  }

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
