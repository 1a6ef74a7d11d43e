/**
 * Owns what has to be there before live traffic can be guarded, and what to do about what is not.
 * It must not know how traffic is guarded.
 */
@NullMarked
package dev.tiaki.cli.startup;

import org.jspecify.annotations.NullMarked;
