/**
 * Owns the loop that takes a worker from packet to packet, and what each dissector of that worker
 * is given. It must not know any protocol, nor how many workers there are.
 *
 * <p>Other threads never touch what belongs to a worker. They read its {@link
 * dev.tiaki.engine.worker.Counters}, which are written so that this is safe at any time, and they
 * ask for everything else by its {@link dev.tiaki.engine.worker.Mailbox}: a task that runs on the
 * worker's thread between two packets, within a time that the asking thread says; a worker that
 * waits for packets is woken.
 */
@NullMarked
package dev.tiaki.engine.worker;

import org.jspecify.annotations.NullMarked;
