package dev.tiaki.cli.control.view;

import dev.tiaki.dissector.tcpconnection.TcpState;
import dev.tiaki.dissector.udpconnection.UdpFlowState;
import java.util.Set;
import java.util.TreeSet;

/** The states that flows of either protocol may be in. */
final class FlowStates {
  static final Set<String> ALL = all();

  private FlowStates() {}

  private static Set<String> all() {
    Set<String> words = new TreeSet<>();
    for (TcpState state : TcpState.values()) {
      words.add(state.word());
    }
    for (UdpFlowState state : UdpFlowState.values()) {
      words.add(state.word());
    }
    return words;
  }
}
