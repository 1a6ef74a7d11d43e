/**
 * What libraries want to say, on standard error. Rules and the engine have a log of their own; this
 * package knows neither.
 */
@NullMarked
package dev.tiaki.cli.diagnostics;

import org.jspecify.annotations.NullMarked;
