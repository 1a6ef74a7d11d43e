/**
 * Owns the way between a kernel queue and a worker: packets in, verdicts, edited and forged packets
 * out, decisions about flows into the kernel's connection table. It must not know any rule.
 */
@NullMarked
package dev.tiaki.cli.inline;

import org.jspecify.annotations.NullMarked;
