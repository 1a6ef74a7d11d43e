package dev.tiaki.cli.command;

import dev.tiaki.cli.assembly.RunFeature;
import dev.tiaki.dissector.tcp.VerifyChecksums;
import dev.tiaki.engine.rule.OnRuleError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

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

  List<Path> rules = new ArrayList<>();

  @Nullable Midstream midstream;

  OnRuleError onRuleError = OnRuleError.DROP;

  OnMalformed onMalformed = OnMalformed.DROP;

  VerifyChecksums checksums = VerifyChecksums.AUTO;

  boolean sandbox;

  final LogOptions log = new LogOptions();

  boolean debugLua;

  /** A protocol that is looked for at every port. */
  enum Detected {
    /** HTTP/1.x. */
    HTTP
  }

  List<Detected> detected = new ArrayList<>();

  RuleOptions() {}

  /** Adds them to a command. */
  void addTo(Options options) {
    options
        .list(Path.class, "-r", "--rules")
        .label("RULES.lua")
        .says("Load this rule file; may be given several times, in order.")
        .into(() -> rules, given -> rules = given);
    options
        .word(Midstream.class, "--midstream")
        .label("WHAT")
        .says(
            "Connections whose beginning was not seen: pickup, policy"
                + " (default: policy; run: pickup).")
        .into(() -> midstream, given -> midstream = given);
    options
        .word(OnRuleError.class, "--on-rule-error")
        .label("WHAT")
        .says("What a failing rule means: drop, accept, alert (default: drop).")
        .into(() -> onRuleError, given -> onRuleError = given);
    options
        .word(OnMalformed.class, "--on-malformed")
        .label("WHAT")
        .says(
            "What happens to packets whose headers cannot be read: drop, accept (unseen by rules;"
                + " default: drop).")
        .into(() -> onMalformed, given -> onMalformed = given);
    options
        .word(VerifyChecksums.class, "--verify-checksums")
        .label("WHICH")
        .says("Which TCP checksums: auto, always, never (default: auto).")
        .into(() -> checksums, given -> checksums = given);
    options
        .flag("--sandbox")
        .says("Rules may not use io, os, or load other files.")
        .into(() -> sandbox, given -> sandbox = given);
    log.addTo(options);
    options
        .flag("--debug-lua")
        .says("Stop at failing rules, breakpoints and ^C, and ask for commands (try help).")
        .into(() -> debugLua, given -> debugLua = given);
    options
        .list(Detected.class, "--detect")
        .readBy(word -> Words.parse(Detected.class, word))
        .label("PROTOCOL")
        .separatedByCommas()
        .says("Know this protocol by a connection's first data, at any port: http.")
        .into(() -> detected, given -> detected = given);
  }

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
}
