/**
 * Owns how a rule ends when it does not simply return: by aborting or by failing. It must not know
 * in which language rules are written.
 */
@NullMarked
package dev.tiaki.engine.rule;

import org.jspecify.annotations.NullMarked;
