package dev.tiaki.engine.enforcement;

/** How far the kernel has taken a decision over. */
public enum Confirmation {
  /** It holds the decision: later packets do not come up. */
  CONFIRMED,
  /** It does not know the flow yet; until it does the worker decides packet by packet. */
  PENDING,
  /** There is no kernel behind this run, or it refused: the worker decides packet by packet. */
  NONE
}
