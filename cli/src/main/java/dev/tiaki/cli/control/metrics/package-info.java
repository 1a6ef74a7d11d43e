/**
 * Owns what Prometheus gets: the names, types and texts of the metrics. It reads what workers
 * publish and must not stop them, nor know HTTP.
 */
@NullMarked
package dev.tiaki.cli.control.metrics;

import org.jspecify.annotations.NullMarked;
