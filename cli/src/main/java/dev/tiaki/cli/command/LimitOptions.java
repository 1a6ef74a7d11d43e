package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.RunLimits;
import dev.tiaki.dissector.ip.FragmentLimits;
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.dissector.tcpconnection.TcpTimeouts;
import dev.tiaki.engine.stream.ReassemblyLimits;
import dev.tiaki.lua.budget.RuleLimits;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code --limit-…}: every bound. Each is for one worker, and counted when it is reached. */
final class LimitOptions {
  private static final TcpConnectionSettings TCP = TcpConnectionSettings.DEFAULTS;

  long flows = TCP.maxFlows();
  long streamBytes = ReassemblyLimits.DEFAULTS.maxBytes();
  long streamHoles = ReassemblyLimits.DEFAULTS.maxHoles();
  long streamSegments = ReassemblyLimits.DEFAULTS.maxSegments();
  long streamDistance = ReassemblyLimits.DEFAULTS.maxDistanceBytes();
  long waitingBytes = TCP.maxWaitingBytes();
  long retainedBytes = TCP.maxRetainedBytes();
  long sentBytes = TCP.maxSentBytes();
  long sentBytesInAll = TCP.maxSentBytesInAll();
  long edits = TCP.maxEdits();
  long handshakeSeconds = TCP.timeouts().handshake().toSeconds();
  long establishedSeconds = TCP.timeouts().established().toSeconds();
  long halfClosedSeconds = TCP.timeouts().halfClosed().toSeconds();
  long closedSeconds = TCP.timeouts().closed().toSeconds();
  long fragmentDatagrams = FragmentLimits.IPV4.maxDatagrams();
  long fragments = FragmentLimits.IPV4.maxFragmentsPerDatagram();
  long fragmentBytes = FragmentLimits.IPV4.maxHeldBytes();
  long fragmentSeconds;
  long ruleSteps = RuleLimits.DEFAULTS.instructionsPerEvent();
  long loadSteps = RuleLimits.DEFAULTS.instructionsPerLoad();
  long ruleBytes = RuleLimits.DEFAULTS.bytesPerEvent();
  long stringBytes = RuleLimits.DEFAULTS.stringBytes();

  LimitOptions() {}

  /** Adds them to a command. */
  void addTo(Options options) {
    addStreams(options);
    addEdits(options);
    addConnections(options);
    addFragments(options);
    addRules(options);
  }

  private void addStreams(Options options) {
    add(
        options,
        "--limit-flows",
        "N",
        "TCP connections followed at once",
        () -> flows,
        n -> flows = n);
    add(
        options,
        "--limit-stream-bytes",
        "SIZE",
        "Bytes of a direction that wait for missing ones",
        () -> streamBytes,
        n -> streamBytes = n);
    add(
        options,
        "--limit-stream-holes",
        "N",
        "Open gaps of a direction",
        () -> streamHoles,
        n -> streamHoles = n);
    add(
        options,
        "--limit-stream-segments",
        "N",
        "Segments of a direction that wait",
        () -> streamSegments,
        n -> streamSegments = n);
    add(
        options,
        "--limit-stream-distance",
        "SIZE",
        "How far ahead a segment may begin",
        () -> streamDistance,
        n -> streamDistance = n);
    add(
        options,
        "--limit-waiting-bytes",
        "SIZE",
        "Memory of what waits for missing data, in all connections",
        () -> waitingBytes,
        n -> waitingBytes = n);
  }

  private void addEdits(Options options) {
    add(
        options,
        "--limit-retained-bytes",
        "SIZE",
        "Bytes of a direction that rules may keep back",
        () -> retainedBytes,
        n -> retainedBytes = n);
    add(
        options,
        "--limit-sent-bytes",
        "SIZE",
        "Bytes of a direction kept to be sent again, a power of two",
        () -> sentBytes,
        n -> sentBytes = n);
    add(
        options,
        "--limit-sent-bytes-in-all",
        "SIZE",
        "Memory of what is kept to be sent again, in all connections",
        () -> sentBytesInAll,
        n -> sentBytesInAll = n);
    add(
        options,
        "--limit-edits",
        "N",
        "Edits of a direction that are not acknowledged yet",
        () -> edits,
        n -> edits = n);
  }

  private void addConnections(Options options) {
    add(
        options,
        "--limit-handshake-seconds",
        "N",
        "How long a connection may take to be established",
        () -> handshakeSeconds,
        n -> handshakeSeconds = n);
    add(
        options,
        "--limit-established-seconds",
        "N",
        "How long an established connection may be idle",
        () -> establishedSeconds,
        n -> establishedSeconds = n);
    add(
        options,
        "--limit-half-closed-seconds",
        "N",
        "How long a connection may be idle after a FIN",
        () -> halfClosedSeconds,
        n -> halfClosedSeconds = n);
    add(
        options,
        "--limit-closed-seconds",
        "N",
        "How long a connection is known after its end",
        () -> closedSeconds,
        n -> closedSeconds = n);
  }

  private void addFragments(Options options) {
    add(
        options,
        "--limit-fragment-datagrams",
        "N",
        "Datagrams in reassembly at once",
        () -> fragmentDatagrams,
        n -> fragmentDatagrams = n);
    add(
        options,
        "--limit-fragments",
        "N",
        "Fragments of one datagram, at least 2",
        () -> fragments,
        n -> fragments = n);
    add(
        options,
        "--limit-fragment-bytes",
        "SIZE",
        "Bytes of frames that wait for fragments",
        () -> fragmentBytes,
        n -> fragmentBytes = n);
    options
        .size("--limit-fragment-seconds")
        .label("N")
        .says("How long fragments are waited for (default: 30 for IPv4, 60 for IPv6).")
        .into(() -> fragmentSeconds, n -> fragmentSeconds = n);
  }

  private void addRules(Options options) {
    add(
        options,
        "--limit-rule-steps",
        "N",
        "Loop rounds and calls of rules in one event",
        () -> ruleSteps,
        n -> ruleSteps = n);
    add(
        options,
        "--limit-load-steps",
        "N",
        "Loop rounds and calls while a rule file is loaded",
        () -> loadSteps,
        n -> loadSteps = n);
    add(
        options,
        "--limit-rule-bytes",
        "SIZE",
        "Memory that rules may allocate in one event",
        () -> ruleBytes,
        n -> ruleBytes = n);
    add(
        options,
        "--limit-string-bytes",
        "SIZE",
        "The longest string that a rule may build",
        () -> stringBytes,
        n -> stringBytes = n);
  }

  private static void add(
      Options options,
      String name,
      String label,
      String what,
      Supplier<Long> getter,
      Consumer<Long> setter) {
    options
        .size(name)
        .label(label)
        .says(what + " (default: ${DEFAULT-VALUE}).")
        .into(getter, setter);
  }

  /**
   * Returns the bounds.
   *
   * @throws IllegalArgumentException when one makes no sense; the message says which
   */
  RunLimits toLimits() {
    return new RunLimits(
        number("--limit-flows", flows),
        stream(),
        waitingBytes,
        number("--limit-retained-bytes", retainedBytes),
        powerOfTwo("--limit-sent-bytes", sentBytes),
        sentBytesInAll,
        number("--limit-edits", edits),
        timeouts(),
        fragments(FragmentLimits.IPV4),
        fragments(FragmentLimits.IPV6),
        new RuleLimits(
            ruleSteps, loadSteps, ruleBytes, number("--limit-string-bytes", stringBytes)));
  }

  private ReassemblyLimits stream() {
    return new ReassemblyLimits(
        number("--limit-stream-bytes", streamBytes),
        number("--limit-stream-holes", streamHoles),
        number("--limit-stream-segments", streamSegments),
        number("--limit-stream-distance", streamDistance));
  }

  private TcpTimeouts timeouts() {
    return new TcpTimeouts(
        Duration.ofSeconds(handshakeSeconds),
        Duration.ofSeconds(establishedSeconds),
        Duration.ofSeconds(halfClosedSeconds),
        Duration.ofSeconds(closedSeconds));
  }

  private FragmentLimits fragments(FragmentLimits defaults) {
    if (fragments < 2) {
      throw new IllegalArgumentException("--limit-fragments: at least 2");
    }
    return new FragmentLimits(
        number("--limit-fragment-datagrams", fragmentDatagrams),
        number("--limit-fragments", fragments),
        fragmentBytes,
        fragmentSeconds == 0 ? defaults.timeout() : Duration.ofSeconds(fragmentSeconds));
  }

  private static int powerOfTwo(String option, long value) {
    if (Long.bitCount(value) != 1) {
      throw new IllegalArgumentException(option + ": must be a power of two");
    }
    return number(option, value);
  }

  private static int number(String option, long value) {
    if (value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(option + ": at most " + Integer.MAX_VALUE);
    }
    return (int) value;
  }
}
