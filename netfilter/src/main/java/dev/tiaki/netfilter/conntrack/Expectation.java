package dev.tiaki.netfilter.conntrack;

import org.jspecify.annotations.Nullable;

/**
 * A flow that a helper expects.
 *
 * @param master the flow whose helper expects it
 * @param tuple what it will look like
 * @param mask which bits of the tuple count
 * @param timeoutSeconds how long it is waited for
 * @param id the kernel's id
 * @param helper the helper's name, or null
 * @param zone the zone
 * @param flags 1 permanent, 2 inactive, 4 of user space
 * @param expectClass the helper's class
 */
public record Expectation(
    Tuple master,
    Tuple tuple,
    @Nullable Tuple mask,
    long timeoutSeconds,
    long id,
    @Nullable String helper,
    int zone,
    long flags,
    long expectClass) {}
