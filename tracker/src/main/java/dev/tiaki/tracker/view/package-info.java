/**
 * Owns the ways in which the list of connections is shown: JSON, HTTP, Prometheus, JMX, flight
 * recorder, a publisher. It must not know how connections come into the list.
 */
@NullMarked
package dev.tiaki.tracker.view;

import org.jspecify.annotations.NullMarked;
