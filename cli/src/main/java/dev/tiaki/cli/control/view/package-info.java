/**
 * Owns what the control API shows of a running engine, as records, and how it is got without
 * stopping a worker: from what workers publish, and by short tasks between two packets. It must not
 * know HTTP.
 */
@NullMarked
package dev.tiaki.cli.control.view;

import org.jspecify.annotations.NullMarked;
