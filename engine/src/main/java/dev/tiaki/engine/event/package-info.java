/**
 * Owns the places where code announces what happened and others listen. It must not know what the
 * events are about.
 */
@NullMarked
package dev.tiaki.engine.event;

import org.jspecify.annotations.NullMarked;
