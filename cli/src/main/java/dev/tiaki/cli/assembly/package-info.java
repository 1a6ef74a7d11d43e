/**
 * Owns how the engine is put together: from captures over workers and dissectors to rules and
 * outputs. The only place that knows all parts; it must not know the command line.
 */
@NullMarked
package dev.tiaki.cli.assembly;

import org.jspecify.annotations.NullMarked;
