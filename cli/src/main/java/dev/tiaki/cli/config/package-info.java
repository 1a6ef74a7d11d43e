/**
 * Owns what configuration files say: tiaki.yaml and Haka's own format, as options of the command
 * line. It must not know what the options do.
 */
@NullMarked
package dev.tiaki.cli.config;

import org.jspecify.annotations.NullMarked;
