package dev.tiaki.cli.kernelrules;

import dev.tiaki.cli.inline.MarkPlan;
import dev.tiaki.cli.live.Hook;
import dev.tiaki.cli.live.QueueRange;

/**
 * What the kernel's rules are to do.
 *
 * @param hook where packets are queued
 * @param selection which of them
 * @param queues where they go
 * @param balance how they are spread over several queues
 * @param passUnserved whether packets pass when nobody serves a queue, after a crash for example;
 *     else they are dropped
 * @param marks the mark bits that may be used
 */
public record RulePlan(
    Hook hook,
    Selection selection,
    QueueRange queues,
    Balance balance,
    boolean passUnserved,
    MarkPlan marks) {}
