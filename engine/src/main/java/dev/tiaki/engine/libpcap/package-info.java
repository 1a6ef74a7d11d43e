/**
 * Owns what needs libpcap: live interfaces and captures read through pcap4j, and filters in its
 * language. It must not know what the frames hold. Nothing here is loaded before it is asked for,
 * so that a machine without libpcap can do everything else.
 */
@NullMarked
package dev.tiaki.engine.libpcap;

import org.jspecify.annotations.NullMarked;
