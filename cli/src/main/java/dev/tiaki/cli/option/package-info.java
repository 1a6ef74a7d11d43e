/** Owns options that commands of several packages have. It must not know any command. */
@NullMarked
package dev.tiaki.cli.option;

import org.jspecify.annotations.NullMarked;
