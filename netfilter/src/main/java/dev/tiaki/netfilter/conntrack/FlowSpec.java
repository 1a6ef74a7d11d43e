package dev.tiaki.netfilter.conntrack;

import org.jspecify.annotations.Nullable;

/**
 * An entry to be created.
 *
 * @param original the direction of the first packet
 * @param reply the direction of the answers; where {@code sourceNat} or {@code destinationNat} is
 *     given, the untranslated one: the kernel translates it
 * @param zone the zone of both directions
 * @param timeoutSeconds when it ends unless packets come
 * @param mark the mark
 * @param status status bits to set; those of NAT are passed over by the kernel
 * @param protocolInfo the state; null lets TCP begin with NONE
 * @param labels labels, lost without a word when no rule uses labels; or null
 * @param helper the helper's name, or null
 * @param sourceNat what the source becomes, or null
 * @param destinationNat what the destination becomes, or null
 */
public record FlowSpec(
    Tuple original,
    Tuple reply,
    int zone,
    long timeoutSeconds,
    long mark,
    Status status,
    @Nullable ProtocolInfo protocolInfo,
    @Nullable Labels labels,
    @Nullable String helper,
    @Nullable NatTarget sourceNat,
    @Nullable NatTarget destinationNat) {

  /** Returns an entry whose answers mirror it, without mark, state, labels or translation. */
  public static FlowSpec of(Tuple original, long timeoutSeconds) {
    return new FlowSpec(
        original,
        original.mirrored(),
        0,
        timeoutSeconds,
        0,
        new Status(0),
        null,
        null,
        null,
        null,
        null);
  }

  /** Returns an entry that is made as {@code flow} is, as far as the kernel lets one. */
  public static FlowSpec of(Flow flow) {
    boolean translated =
        flow.status().has(Status.SOURCE_NAT) || flow.status().has(Status.DESTINATION_NAT);
    return new FlowSpec(
        flow.original(),
        // the kernel derives a translated reply itself and takes a given one for no translation
        translated ? flow.original().mirrored() : flow.reply(),
        flow.zone(),
        Math.max(1, flow.timeoutSeconds()),
        Math.max(0, flow.mark()),
        new Status(flow.status().bits() & (Status.SEEN_REPLY | Status.ASSURED)),
        flow.protocolInfo(),
        flow.labels(),
        flow.helper(),
        flow.status().has(Status.SOURCE_NAT) ? NatTarget.sourceOf(flow) : null,
        flow.status().has(Status.DESTINATION_NAT) ? NatTarget.destinationOf(flow) : null);
  }

  /** Returns this with another mark. */
  public FlowSpec withMark(long newMark) {
    return new FlowSpec(
        original,
        reply,
        zone,
        timeoutSeconds,
        newMark,
        status,
        protocolInfo,
        labels,
        helper,
        sourceNat,
        destinationNat);
  }

  /** Returns this with other status bits. */
  public FlowSpec withStatus(int bits) {
    return new FlowSpec(
        original,
        reply,
        zone,
        timeoutSeconds,
        mark,
        new Status(bits),
        protocolInfo,
        labels,
        helper,
        sourceNat,
        destinationNat);
  }

  /** Returns this with another state. */
  public FlowSpec withProtocolInfo(ProtocolInfo info) {
    return new FlowSpec(
        original,
        reply,
        zone,
        timeoutSeconds,
        mark,
        status,
        info,
        labels,
        helper,
        sourceNat,
        destinationNat);
  }

  /** Returns this in another zone. */
  public FlowSpec withZone(int newZone) {
    return new FlowSpec(
        original,
        reply,
        newZone,
        timeoutSeconds,
        mark,
        status,
        protocolInfo,
        labels,
        helper,
        sourceNat,
        destinationNat);
  }

  /** Returns this with another direction of the answers. */
  public FlowSpec withReply(Tuple newReply) {
    return new FlowSpec(
        original,
        newReply,
        zone,
        timeoutSeconds,
        mark,
        status,
        protocolInfo,
        labels,
        helper,
        sourceNat,
        destinationNat);
  }

  /** Returns this with labels. */
  public FlowSpec withLabels(Labels newLabels) {
    return new FlowSpec(
        original,
        reply,
        zone,
        timeoutSeconds,
        mark,
        status,
        protocolInfo,
        newLabels,
        helper,
        sourceNat,
        destinationNat);
  }

  /** Returns this with translation of the source. */
  public FlowSpec withSourceNat(NatTarget target) {
    return new FlowSpec(
        original,
        reply,
        zone,
        timeoutSeconds,
        mark,
        status,
        protocolInfo,
        labels,
        helper,
        target,
        destinationNat);
  }

  /** Returns this with translation of the destination. */
  public FlowSpec withDestinationNat(NatTarget target) {
    return new FlowSpec(
        original,
        reply,
        zone,
        timeoutSeconds,
        mark,
        status,
        protocolInfo,
        labels,
        helper,
        sourceNat,
        target);
  }
}
