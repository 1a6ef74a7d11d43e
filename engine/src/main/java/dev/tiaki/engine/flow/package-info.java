/**
 * Owns the table in which both directions of a flow meet the same entry, its bound and its idle
 * timeouts. It must not know any protocol header: whoever looks a flow up says the addresses.
 */
@NullMarked
package dev.tiaki.engine.flow;

import org.jspecify.annotations.NullMarked;
