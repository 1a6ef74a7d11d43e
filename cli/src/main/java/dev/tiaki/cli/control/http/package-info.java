/**
 * Owns how the control API is served: HTTP/1.1 over a Unix socket or over TLS, its bounds, who may
 * ask, and how answers and streams are written. It must not know what is asked for, nor the engine.
 */
@NullMarked
package dev.tiaki.cli.control.http;

import org.jspecify.annotations.NullMarked;
