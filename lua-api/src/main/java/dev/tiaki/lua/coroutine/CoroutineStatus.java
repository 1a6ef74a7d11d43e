package dev.tiaki.lua.coroutine;

import java.util.Locale;

/** What a coroutine does, in the words of {@code coroutine.status}. */
public enum CoroutineStatus {
  /** Not begun, or waiting in {@code yield}. */
  SUSPENDED,
  /** The one that runs. */
  RUNNING,
  /** Waiting for a coroutine that it resumed. */
  NORMAL,
  /** Returned, failed or killed. */
  DEAD;

  /** Returns Lua's word. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
