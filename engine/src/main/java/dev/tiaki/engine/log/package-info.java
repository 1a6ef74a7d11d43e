/**
 * Owns the log that rules and protocols write: sections with levels, as Haka has them. It must not
 * know where lines end up; that is the {@link dev.tiaki.engine.log.LogOutput}'s business.
 */
@NullMarked
package dev.tiaki.engine.log;

import org.jspecify.annotations.NullMarked;
