package dev.tiaki.cli.command;

import dev.tiaki.cli.terminal.LocalTerminal;
import dev.tiaki.lua.debugger.LuaDebugger;

/** ^C while rules are debugged: the first one stops at the next line, another one the program. */
final class DebuggerKeys {
  private static final int STOPPED_BY_INTERRUPT = 130;

  private DebuggerKeys() {}

  /** Takes ^C over; returns false, and does nothing, without a terminal. */
  static boolean prepare() {
    LocalTerminal terminal = LocalTerminal.current();
    if (terminal == null) {
      return false;
    }
    terminal.onInterrupt(() -> {
      if (LuaDebugger.breakAll()) {
        terminal.print("break (hit ^C again to kill)\n");
      } else {
        Runtime.getRuntime().exit(STOPPED_BY_INTERRUPT);
      }
    });
    return true;
  }
}
