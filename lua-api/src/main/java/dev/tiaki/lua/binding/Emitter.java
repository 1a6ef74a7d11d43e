package dev.tiaki.lua.binding;

/** What an event can be about: it says whether processing may go on after a rule. */
public interface Emitter {
  /** Tells whether no rule dropped, sent or closed it yet. */
  boolean canContinue();
}
