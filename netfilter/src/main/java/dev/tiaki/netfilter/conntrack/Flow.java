package dev.tiaki.netfilter.conntrack;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the connection tracking table, as it was when it was read. What the kernel did not
 * say is null or {@link #ABSENT}: events carry less than dumps.
 *
 * @param original the direction of the first packet
 * @param reply the direction of the answers; not the mirror image where addresses are translated
 * @param zone the zone of both directions, 0 by default
 * @param status the status bits
 * @param mark the mark, 0 to 2^32-1, or absent
 * @param id four opaque octets as a number, stable for the entry's life, or absent
 * @param use the kernel's reference count, or absent
 * @param timeoutSeconds seconds until the entry ends, or absent for offloaded flows
 * @param protocolInfo the state, or null for protocols without one and for offloaded flows
 * @param originalCounters packets and octets, or null without accounting
 * @param replyCounters the same of the answers
 * @param timestamps start and stop, or null without timestamping
 * @param master the flow that expected this one, or null
 * @param helper the name of its helper, or null
 * @param labels its labels, or null when none is set
 * @param originalAdjustment how sequence numbers shift, or null
 * @param replyAdjustment the same of the answers
 * @param synProxy what the SYN proxy keeps, or null
 * @param securityContext the security module's name for it, or null
 * @param unknown attributes that this library has no name for, by type
 */
public record Flow(
    Tuple original,
    Tuple reply,
    int zone,
    Status status,
    long mark,
    long id,
    long use,
    long timeoutSeconds,
    @Nullable ProtocolInfo protocolInfo,
    @Nullable Counters originalCounters,
    @Nullable Counters replyCounters,
    @Nullable Timestamps timestamps,
    @Nullable Tuple master,
    @Nullable String helper,
    @Nullable Labels labels,
    @Nullable SequenceAdjustment originalAdjustment,
    @Nullable SequenceAdjustment replyAdjustment,
    @Nullable SynProxy synProxy,
    @Nullable String securityContext,
    Map<Integer, byte[]> unknown) {
  /** The kernel did not say. */
  public static final long ABSENT = -1;

  /** Returns the family of its addresses. */
  public AddressFamily family() {
    return original.family();
  }

  /** Returns the IP protocol's number. */
  public int protocol() {
    return original.protocol();
  }

  /** Returns the name of its state, or the empty text. */
  public String stateName() {
    return protocolInfo == null ? "" : protocolInfo.stateName();
  }

  /** Tells whether an address differs between the directions; ports are not compared. */
  public boolean isTranslated() {
    return isSourceTranslated() || isDestinationTranslated();
  }

  /** Tells whether answers go to another address than the source's. */
  public boolean isSourceTranslated() {
    return !original.source().equals(reply.destination());
  }

  /** Tells whether answers come from another address than the destination's. */
  public boolean isDestinationTranslated() {
    return !original.destination().equals(reply.source());
  }

  /** Returns what stays the same for the entry's life and differs from every other entry's. */
  public FlowIdentity identity() {
    return new FlowIdentity(id, original, zone);
  }
}
