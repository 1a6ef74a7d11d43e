package dev.tiaki.lua.fault;

import org.luaj.vm2.LuaValue;

/** An error without a message, as {@code error(nil)} raises it: made often, so it has no stack. */
public final class SilentRaised extends Raised {
  private static final long serialVersionUID = 1L;

  /** Raises a value that needs neither a position nor a traceback. */
  public SilentRaised(LuaValue value) {
    super(value, 0);
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
