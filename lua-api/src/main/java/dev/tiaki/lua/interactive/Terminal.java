package dev.tiaki.lua.interactive;

import org.jspecify.annotations.Nullable;

/** Somebody who types lines and reads answers. Used by one session at a time. */
public interface Terminal {
  /**
   * Shows a prompt and waits for a line.
   *
   * @param completer asked for what may stand at the cursor
   * @return the line without its end, or null when nothing more comes (^D, or the terminal is gone)
   */
  @Nullable String readLine(String prompt, Completer completer);

  /** Shows text; a line end is in it where one is wanted. */
  void print(String text);

  /** Tells whether escape sequences for colours are shown as colours. */
  boolean hasColors();

  /**
   * Runs a session while no other one uses the terminal: sessions of several workers wait for each
   * other.
   */
  void exclusively(Runnable session);
}
