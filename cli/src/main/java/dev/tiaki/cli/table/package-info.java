/**
 * Owns the way from captured packets to the connection tracking table in memory. It must not know
 * commands or rules.
 */
@NullMarked
package dev.tiaki.cli.table;

import org.jspecify.annotations.NullMarked;
