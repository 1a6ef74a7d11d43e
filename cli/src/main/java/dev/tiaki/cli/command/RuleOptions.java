package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.RunFeature;
import dev.tiaki.cli.output.LogLevels;
import dev.tiaki.dissector.tcp.VerifyChecksums;
import dev.tiaki.engine.rule.OnRuleError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options of every command that runs rules over packets. */
final class RuleOptions {
  /** What happens to a connection whose beginning was not seen. */
  enum Midstream {
    /** It is taken up. */
    PICKUP,
    /** The policy {@code no_connection_found} decides about its packets. */
    POLICY
  }

  /** What happens to packets whose headers cannot be read. */
  enum OnMalformed {
    /** They are dropped. */
    DROP,
    /** They pass unseen by rules. */
    ACCEPT
  }

  @Option(
      names = {"-r", "--rules"},
      paramLabel = "RULES.lua",
      description = "Load this rule file; may be given several times, in order.")
  List<Path> rules = new ArrayList<>();

  @Option(
      names = "--midstream",
      paramLabel = "WHAT",
      converter = Words.MidstreamConverter.class,
      description =
          "Connections whose beginning was not seen: pickup, policy"
              + " (default: policy; run: pickup).")
  @Nullable Midstream midstream;

  @Option(
      names = "--on-rule-error",
      paramLabel = "WHAT",
      converter = Words.OnRuleErrorConverter.class,
      description = "What a failing rule means: drop, accept, alert (default: drop).")
  OnRuleError onRuleError = OnRuleError.DROP;

  @Option(
      names = "--on-malformed",
      paramLabel = "WHAT",
      converter = Words.OnMalformedConverter.class,
      description =
          "What happens to packets whose headers cannot be read: drop, accept (unseen by rules;"
              + " default: drop).")
  OnMalformed onMalformed = OnMalformed.DROP;

  @Option(
      names = "--verify-checksums",
      paramLabel = "WHICH",
      converter = Words.VerifyChecksumsConverter.class,
      description = "Which TCP checksums: auto, always, never (default: auto).")
  VerifyChecksums checksums = VerifyChecksums.AUTO;

  @Option(names = "--sandbox", description = "Rules may not use io, os, or load other files.")
  boolean sandbox;

  @Option(
      names = {"-l", "--log-level"},
      paramLabel = "[SECTION=]LEVEL",
      converter = LogLevelsConverter.class,
      description = "fatal, error, warn, info, debug, trace; of one section or of all.")
  List<LogLevels> logLevels = new ArrayList<>();

  @Option(names = "--debug", description = "Show Java stack traces with errors.")
  boolean debug;

  @Option(
      names = "--debug-lua",
      description = "Stop at failing rules, breakpoints and ^C, and ask for commands (try help).")
  boolean debugLua;

  /** A protocol that is looked for at every port. */
  enum Detected {
    /** HTTP/1.x. */
    HTTP
  }

  @Option(
      names = "--detect",
      paramLabel = "PROTOCOL",
      split = ",",
      converter = Words.DetectedConverter.class,
      description = "Know this protocol by a connection's first data, at any port: http.")
  List<Detected> detected = new ArrayList<>();

  RuleOptions() {}

  Set<RunFeature> features() {
    Set<RunFeature> wanted = EnumSet.noneOf(RunFeature.class);
    if (onMalformed == OnMalformed.ACCEPT) {
      wanted.add(RunFeature.PASS_MALFORMED);
    }
    if (debugLua) {
      wanted.add(RunFeature.DEBUG_LUA);
    }
    if (detected.contains(Detected.HTTP)) {
      wanted.add(RunFeature.DETECT_HTTP);
    }
    return wanted;
  }

  /** Refuses the debugger where nobody types; else has ^C stop at the next line of a rule. */
  void prepareDebugger(CommandLine command) {
    if (debugLua && !DebuggerKeys.prepare()) {
      throw new CommandLine.ParameterException(command, "--debug-lua needs a terminal");
    }
  }

  LogLevels levels() {
    return logLevels.stream().reduce(LogLevels.DEFAULT, LogLevels::and);
  }
}
