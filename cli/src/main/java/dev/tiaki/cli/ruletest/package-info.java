/**
 * Owns tests of rule files: folders with rules, captures and the texts that are expected. It runs
 * {@code tiaki replay} as a user would, and must not know how a replay works.
 */
@NullMarked
package dev.tiaki.cli.ruletest;

import org.jspecify.annotations.NullMarked;
