/**
 * Owns the stream of what happens (alerts, ends of flows, log lines) for those who listen over the
 * control API, each with a bounded queue of its own. It must not know workers or HTTP's framing; a
 * worker that tells something never waits for a listener.
 */
@NullMarked
package dev.tiaki.cli.control.event;

import org.jspecify.annotations.NullMarked;
