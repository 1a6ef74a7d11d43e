package dev.tiaki.engine.worker;

/**
 * What the engine may do to the traffic.
 *
 * @param enforcing whether verdicts and edits are carried out; when false they are computed and
 *     counted as "would …", and policies and failing rules do not stop reassembly
 * @param readOnlyBuffers whether an edit raises {@code read only buffer}: Haka's pass-through
 * @param hakaCompatible whether quirks that Haka's own tests pin are kept, such as the dropped
 *     retransmission
 */
public record EngineMode(boolean enforcing, boolean readOnlyBuffers, boolean hakaCompatible) {
  /** Replay as a rule author wants it: nothing is carried out, everything is seen. */
  public static final EngineMode OBSERVE = new EngineMode(false, false, false);

  /** Verdicts and edits are carried out. */
  public static final EngineMode ENFORCE = new EngineMode(true, false, false);

  /** Verdicts are carried out; an edit raises {@code read only buffer}. */
  public static final EngineMode ENFORCE_UNEDITED = new EngineMode(true, true, false);

  /** {@code hakapcap --no-pass-through}. */
  public static final EngineMode HAKA = new EngineMode(true, false, true);

  /** {@code hakapcap}, Haka's default: nothing may be changed. */
  public static final EngineMode HAKA_PASS_THROUGH = new EngineMode(false, true, true);
}
