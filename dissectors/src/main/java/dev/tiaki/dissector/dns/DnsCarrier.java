package dev.tiaki.dissector.dns;

import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.RuleFailure;
import org.jspecify.annotations.Nullable;

/** What brought a message: a packet, or a piece of a stream. */
interface DnsCarrier {
  /** Tells whether the message can still be decided about. */
  boolean goesOn();

  /** Says that a rule failed on the message. */
  void ruleFailed(RuleFailure failure);

  /** Returns the packet that is being processed, or null. */
  @Nullable Packet packet();

  /** Tells whether one query may have any number of responses, as a zone transfer has. */
  boolean isStream();
}
