/**
 * Owns the commands: their options, what they refuse, and what they say when something fails. It
 * must not know how packets are processed.
 */
@NullMarked
package dev.tiaki.cli.command;

import org.jspecify.annotations.NullMarked;
