/**
 * Owns the control API of a running engine: what it is configured by, its beginning and its end.
 * How it is served, what is at each place and what is shown stand in the packages below. It must
 * not know the command line.
 *
 * <p>Asking never stops a worker. Counters and the numbers of a {@link
 * dev.tiaki.cli.assembly.WorkerSnapshot} are published by workers and only read here; lists of
 * flows, and what is to be done to one, are short tasks that a worker does between two packets
 * ({@link dev.tiaki.engine.worker.Mailbox}).
 */
@NullMarked
package dev.tiaki.cli.control;

import org.jspecify.annotations.NullMarked;
