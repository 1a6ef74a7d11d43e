package dev.tiaki.lua.coroutine;

/** One stack of its own that can be entered, left in the middle and entered again. */
interface Switch {
  /** Runs the body, or the rest of it, until it suspends or ends. Called by the resumer. */
  void enter();

  /** Leaves the body in the middle; returns when it is entered again. Called by the body. */
  void suspend();

  /** Gives the stack up for good; the body never goes on. Called while it is suspended. */
  void abandon();
}
