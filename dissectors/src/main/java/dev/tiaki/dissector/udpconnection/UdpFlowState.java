package dev.tiaki.dissector.udpconnection;

/** What becomes of the packets of a UDP flow. */
public enum UdpFlowState {
  /** Its first packet is being looked at; it is in no table yet. */
  NEW("established"),
  /** Its packets pass. */
  ESTABLISHED("established"),
  /** A rule dropped it: its packets are dropped for a while. */
  DROPPED("drop"),
  /** It is forgotten. */
  CLOSED("finish");

  private final String word;

  UdpFlowState(String word) {
    this.word = word;
  }

  /** Returns what rules call it. */
  public String word() {
    return word;
  }
}
