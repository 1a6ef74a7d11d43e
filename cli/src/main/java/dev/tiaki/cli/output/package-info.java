/**
 * Owns what a person reads while rules run: one ordered standard output shared by what rules print,
 * log lines and alerts, in Haka's layout. It must not know where packets come from or who decides.
 */
@NullMarked
package dev.tiaki.cli.output;

import org.jspecify.annotations.NullMarked;
