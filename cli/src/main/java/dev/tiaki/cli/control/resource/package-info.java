/**
 * Owns what is at each place of the control API: one class per resource, from a request to a view
 * of the engine and back. It must not know sockets.
 */
@NullMarked
package dev.tiaki.cli.control.resource;

import org.jspecify.annotations.NullMarked;
