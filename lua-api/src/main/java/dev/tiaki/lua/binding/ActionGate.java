package dev.tiaki.lua.binding;

/** Asked before something that a rule does to the traffic is carried out. */
@FunctionalInterface
public interface ActionGate {
  /**
   * Tells whether the action may be carried out; when not, the gate has reported it, and the rule
   * goes on as if it had been.
   *
   * @param action what would be done, to follow the word "would": {@code drop the packet}
   */
  boolean allows(String action);
}
