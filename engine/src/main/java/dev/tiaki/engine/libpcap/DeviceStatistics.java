package dev.tiaki.engine.libpcap;

/**
 * What libpcap counted on one interface.
 *
 * @param device the interface's name
 * @param received frames that passed the filter
 * @param dropped frames that were lost because the kernel's memory for them was full
 * @param droppedByInterface frames that the interface or its driver lost
 */
public record DeviceStatistics(
    String device, long received, long dropped, long droppedByInterface) {}
