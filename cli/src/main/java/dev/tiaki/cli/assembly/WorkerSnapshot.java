package dev.tiaki.cli.assembly;

/**
 * What a worker says about itself from time to time, for threads that must not stop it.
 *
 * @param timeNanos the worker's time: that of its newest packet or, while none comes, of its clock;
 *     nanoseconds since the Unix epoch
 * @param tcpFlows how many TCP connections are followed
 * @param udpFlows how many UDP flows are followed
 * @param heldBytes the memory that data of streams takes which waits or may be needed again
 * @param allocatedBytes the memory that the worker has asked for so far, that of its rules included
 */
public record WorkerSnapshot(
    long timeNanos, int tcpFlows, int udpFlows, long heldBytes, long allocatedBytes) {
  /** Of a worker that has not begun. */
  public static final WorkerSnapshot NONE = new WorkerSnapshot(0, 0, 0, 0, 0);
}
