package dev.tiaki.lua.budget;

/** The counter that running rule code decrements; below zero it calls its owner. */
public interface TickCounter {
  /** Returns the ticks that are left of the current slice; negative when it is used up. */
  int left();

  /** Sets the ticks of the current slice. */
  void setLeft(int ticks);
}
