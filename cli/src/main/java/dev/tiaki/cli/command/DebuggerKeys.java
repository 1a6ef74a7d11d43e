package dev.tiaki.cli.command;

import dev.tiaki.cli.terminal.LocalTerminal;
import dev.tiaki.lua.debugger.LuaDebugger;

/** ^C while rules are debugged: the first one stops at the next line, another one the program. */
final class DebuggerKeys {
  private static final int STOPPED_BY_INTERRUPT = 130;

  private DebuggerKeys() {}

  /** Takes ^C over; returns false, and does nothing, without a terminal. */
  static boolean prepare() {
    if (LocalTerminal.current() == null) {
      return false;
    }
    HangUp.on(
        "INT",
        () -> {
          if (!LuaDebugger.breakAll()) {
            Runtime.getRuntime().exit(STOPPED_BY_INTERRUPT);
          }
          return 0;
        });
    return true;
  }
}
