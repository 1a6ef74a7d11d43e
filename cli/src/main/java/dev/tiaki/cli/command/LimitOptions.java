package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.RunLimits;
import dev.tiaki.dissector.ip.FragmentLimits;
import dev.tiaki.dissector.tcpconnection.TcpConnectionSettings;
import dev.tiaki.dissector.tcpconnection.TcpTimeouts;
import dev.tiaki.engine.stream.ReassemblyLimits;
import dev.tiaki.lua.budget.RuleLimits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** {@code --limit-…}: every bound. Each is for one worker, and counted when it is reached. */
final class LimitOptions {
  private static final TcpConnectionSettings TCP = TcpConnectionSettings.DEFAULTS;
  private static final String D = " (default: ${DEFAULT-VALUE}).";

  @Option(
      names = "--limit-flows",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "TCP connections followed at once" + D)
  long flows = TCP.maxFlows();

  @Option(
      names = "--limit-stream-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Bytes of a direction that wait for missing ones" + D)
  long streamBytes = ReassemblyLimits.DEFAULTS.maxBytes();

  @Option(
      names = "--limit-stream-holes",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "Open gaps of a direction" + D)
  long streamHoles = ReassemblyLimits.DEFAULTS.maxHoles();

  @Option(
      names = "--limit-stream-segments",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "Segments of a direction that wait" + D)
  long streamSegments = ReassemblyLimits.DEFAULTS.maxSegments();

  @Option(
      names = "--limit-stream-distance",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "How far ahead a segment may begin" + D)
  long streamDistance = ReassemblyLimits.DEFAULTS.maxDistanceBytes();

  @Option(
      names = "--limit-waiting-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Memory of what waits for missing data, in all connections" + D)
  long waitingBytes = TCP.maxWaitingBytes();

  @Option(
      names = "--limit-retained-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Bytes of a direction that rules may keep back" + D)
  long retainedBytes = TCP.maxRetainedBytes();

  @Option(
      names = "--limit-sent-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Bytes of a direction kept to be sent again, a power of two" + D)
  long sentBytes = TCP.maxSentBytes();

  @Option(
      names = "--limit-sent-bytes-in-all",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Memory of what is kept to be sent again, in all connections" + D)
  long sentBytesInAll = TCP.maxSentBytesInAll();

  @Option(
      names = "--limit-edits",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "Edits of a direction that are not acknowledged yet" + D)
  long edits = TCP.maxEdits();

  @Option(
      names = "--limit-handshake-seconds",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "How long a connection may take to be established" + D)
  long handshakeSeconds = TCP.timeouts().handshake().toSeconds();

  @Option(
      names = "--limit-established-seconds",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "How long an established connection may be idle" + D)
  long establishedSeconds = TCP.timeouts().established().toSeconds();

  @Option(
      names = "--limit-half-closed-seconds",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "How long a connection may be idle after a FIN" + D)
  long halfClosedSeconds = TCP.timeouts().halfClosed().toSeconds();

  @Option(
      names = "--limit-closed-seconds",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "How long a connection is known after its end" + D)
  long closedSeconds = TCP.timeouts().closed().toSeconds();

  @Option(
      names = "--limit-fragment-datagrams",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "Datagrams in reassembly at once" + D)
  long fragmentDatagrams = FragmentLimits.IPV4.maxDatagrams();

  @Option(
      names = "--limit-fragments",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "Fragments of one datagram, at least 2" + D)
  long fragments = FragmentLimits.IPV4.maxFragmentsPerDatagram();

  @Option(
      names = "--limit-fragment-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Bytes of frames that wait for fragments" + D)
  long fragmentBytes = FragmentLimits.IPV4.maxHeldBytes();

  @Option(
      names = "--limit-fragment-seconds",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "How long fragments are waited for (default: 30 for IPv4, 60 for IPv6).")
  long fragmentSeconds;

  @Option(
      names = "--limit-rule-steps",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "Loop rounds and calls of rules in one event" + D)
  long ruleSteps = RuleLimits.DEFAULTS.instructionsPerEvent();

  @Option(
      names = "--limit-load-steps",
      paramLabel = "N",
      converter = SizeConverter.class,
      description = "Loop rounds and calls while a rule file is loaded" + D)
  long loadSteps = RuleLimits.DEFAULTS.instructionsPerLoad();

  @Option(
      names = "--limit-rule-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Memory that rules may allocate in one event" + D)
  long ruleBytes = RuleLimits.DEFAULTS.bytesPerEvent();

  @Option(
      names = "--limit-string-bytes",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "The longest string that a rule may build" + D)
  long stringBytes = RuleLimits.DEFAULTS.stringBytes();

  LimitOptions() {}

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
