/**
 * Owns UDP flows: packets between the same two ends, in both directions, until they fall silent. It
 * must not know any protocol that stands on a flow.
 */
@NullMarked
package dev.tiaki.dissector.udpconnection;

import org.jspecify.annotations.NullMarked;
