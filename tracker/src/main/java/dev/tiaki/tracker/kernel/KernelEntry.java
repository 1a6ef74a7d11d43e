package dev.tiaki.tracker.kernel;

import java.net.InetSocketAddress;

/**
 * What the kernel's connection tracking knows of a connection.
 *
 * @param id the kernel's id of the entry, 0 to 4 294 967 295
 * @param mark the connection mark, 0 to 4 294 967 295
 * @param zone the zone, 0 to 65 535
 * @param replySource where answers come from; another address than the one dialed after DNAT
 * @param replyDestination where answers go to; another address than the local one after SNAT
 * @param packets packets in both directions; 0 when the kernel does not account
 * @param bytes bytes in both directions; 0 when the kernel does not account
 */
public record KernelEntry(
    long id,
    long mark,
    int zone,
    InetSocketAddress replySource,
    InetSocketAddress replyDestination,
    long packets,
    long bytes) {}
