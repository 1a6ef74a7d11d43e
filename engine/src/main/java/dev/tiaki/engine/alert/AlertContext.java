package dev.tiaki.engine.alert;

import org.jspecify.annotations.Nullable;

/**
 * Where in the traffic an alert was raised.
 *
 * @param packetNumber the 1-based rank of the packet in its capture; 0 when there was none
 * @param flowId the flow's id in the worker, 0 when there was none
 * @param rule the name of the rule, when it has one
 * @param location {@code file:line} of the rule, when known
 * @param flow the flow's addresses as the flow's initiator sees them, when there was one
 * @param decided what was decided about the whole flow, when that is what the alert tells
 */
public record AlertContext(
    long packetNumber,
    long flowId,
    @Nullable String rule,
    @Nullable String location,
    @Nullable FlowAddresses flow,
    @Nullable Decided decided) {
  /** An alert that belongs to no packet. */
  public static final AlertContext NONE = new AlertContext(0, 0, null, null, null);

  /** Makes the context of an alert that tells of no decision. */
  public AlertContext(
      long packetNumber,
      long flowId,
      @Nullable String rule,
      @Nullable String location,
      @Nullable FlowAddresses flow) {
    this(packetNumber, flowId, rule, location, flow, null);
  }

  /**
   * A decision about a whole flow.
   *
   * @param action what rules call it: {@code drop}, {@code reset}, {@code halfreset}, {@code
   *     bypass}
   * @param kernel how far the kernel has taken it over: {@code confirmed}, {@code pending}, {@code
   *     none}
   */
  public record Decided(String action, String kernel) {}

  /**
   * The two ends of a flow.
   *
   * @param source the initiator's address as text
   * @param sourcePort its port, 0 to 65 535
   * @param destination the responder's address as text
   * @param destinationPort its port, 0 to 65 535
   * @param protocol {@code TCP}, {@code UDP}, {@code ICMP} …
   */
  public record FlowAddresses(
      String source, int sourcePort, String destination, int destinationPort, String protocol) {}
}
