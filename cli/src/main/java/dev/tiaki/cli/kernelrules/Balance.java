package dev.tiaki.cli.kernelrules;

/** How packets are spread over several queues. */
public enum Balance {
  /**
   * By the two addresses of a packet, the same in both directions: a connection and its fragments
   * always meet the same worker.
   */
  ADDRESSES,
  /**
   * By the processor that handles the packet. Only where the network card gives both directions of
   * a connection to the same processor.
   */
  PROCESSORS
}
