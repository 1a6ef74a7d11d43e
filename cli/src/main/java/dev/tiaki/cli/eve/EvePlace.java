package dev.tiaki.cli.eve;

import dev.tiaki.engine.packet.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * Where in the traffic an alert was raised.
 *
 * @param capture the capture's name as it was given
 * @param packetNumber the packet's 1-based rank in it, 0 when there was no packet
 * @param flowId the flow's id in the run, 0 when there was no flow
 * @param packet who sent the packet to whom, or null
 * @param flow the flow's ends, the initiator as source, or null
 * @param blocked why the packet was stopped, or null when it was not
 */
public record EvePlace(
    String capture,
    long packetNumber,
    long flowId,
    @Nullable EveEnds packet,
    @Nullable EveEnds flow,
    @Nullable DropReason blocked) {}
