package dev.tiaki.lua.debugger;

import dev.tiaki.lua.state.InterpretedFrame;
import org.jspecify.annotations.Nullable;

/** Where the debugger stops next, apart from breakpoints. */
sealed interface Stepping {
  /** Tells whether to stop at the next line, which {@code frame} is about to run. */
  boolean stopsAt(InterpretedFrame frame);

  /** Not before a breakpoint. */
  record Free() implements Stepping {
    @Override
    public boolean stopsAt(InterpretedFrame frame) {
      return false;
    }
  }

  /** At the next line, whatever runs it. */
  record Into() implements Stepping {
    @Override
    public boolean stopsAt(InterpretedFrame frame) {
      return true;
    }
  }

  /**
   * At the next line of the same function, or of what it returned to.
   *
   * @param from the function
   */
  record Over(InterpretedFrame from) implements Stepping {
    @Override
    public boolean stopsAt(InterpretedFrame frame) {
      return frame == from || !isBelow(frame.caller(), from);
    }
  }

  /**
   * At the next line after the function has returned.
   *
   * @param from the function
   */
  record Out(InterpretedFrame from) implements Stepping {
    @Override
    public boolean stopsAt(InterpretedFrame frame) {
      return !isBelow(frame, from);
    }
  }

  /** Tells whether {@code wanted} is {@code frame} or one of its callers. */
  private static boolean isBelow(@Nullable InterpretedFrame frame, InterpretedFrame wanted) {
    for (InterpretedFrame at = frame; at != null; at = at.caller()) {
      if (at == wanted) {
        return true;
      }
    }
    return false;
  }
}
