package dev.tiaki.cli.streams;

/**
 * One row of the index, but its stream number.
 *
 * @param capture the capture's name as it was given
 * @param captureRank the capture's place in the run, from 0
 * @param firstPacket the rank of the connection's first packet in the capture
 * @param clientIp the initiator's address
 * @param clientPort its port
 * @param serverIp the responder's address
 * @param serverPort its port
 */
public record StreamRow(
    String capture,
    int captureRank,
    long firstPacket,
    String clientIp,
    int clientPort,
    String serverIp,
    int serverPort) {}
