package dev.tiaki.cli.assembly;

/** What a run does only when it was asked for. */
public enum RunFeature {
  /** Packets whose headers are broken pass unseen by rules. */
  PASS_MALFORMED,
  /** Rules are interpreted, under the debugger. */
  DEBUG_LUA,
  /** HTTP is looked for at every port. */
  DETECT_HTTP
}
