/**
 * Owns the guarding of live traffic: its settings, the threads of its workers, the order in which
 * queues, kernel rules and rule files come and go. It must not know how packets are dissected.
 */
@NullMarked
package dev.tiaki.cli.live;

import org.jspecify.annotations.NullMarked;
