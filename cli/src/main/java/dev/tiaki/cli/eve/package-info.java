/**
 * Owns the records of {@code --eve}: JSON lines in the layout that Suricata publishes as EVE, so
 * that what reads Suricata's reads these. It must not know how alerts and flows come about.
 */
@NullMarked
package dev.tiaki.cli.eve;

import org.jspecify.annotations.NullMarked;
