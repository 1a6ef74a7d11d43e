/** Owns what an alert says. It must not know how alerts are written or sent. */
@NullMarked
package dev.tiaki.engine.alert;

import org.jspecify.annotations.NullMarked;
