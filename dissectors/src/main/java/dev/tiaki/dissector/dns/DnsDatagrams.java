package dev.tiaki.dissector.dns;

import dev.tiaki.dissector.udp.UdpPacket;
import dev.tiaki.dissector.udpconnection.DatagramDissector;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.packet.DropOrigin;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.RuleFailure;

/** DNS on one UDP flow: each packet is a message. */
final class DnsDatagrams implements DatagramDissector {
  private static final DropOrigin UNFIT =
      DropOrigin.of("policy of dns: a message that fits no query");
  private final DnsDissector dissector;
  private final DnsFlow dns;

  DnsDatagrams(DnsDissector dissector, UdpFlow flow) {
    this.dissector = dissector;
    this.dns = new DnsFlow(flow);
  }

  DnsFlow dns() {
    return dns;
  }

  private record Carrier(UdpFlow flow, UdpPacket udp) implements DnsCarrier {
    @Override
    public boolean goesOn() {
      return flow.canContinue() && udp.isValid();
    }

    @Override
    public void ruleFailed(RuleFailure failure) {
      flow.ruleFailed(failure, udp);
    }

    @Override
    public Packet packet() {
      return udp.packet();
    }

    @Override
    public boolean isStream() {
      return false;
    }
  }

  @Override
  public void receive(UdpFlow flow, UdpPacket udp, Direction direction) {
    if (udp.payloadLength() == 0 || !dissector.isWatched()) {
      udp.send();
      return;
    }
    byte[] bytes = udp.payloadArray();
    Carrier carrier = new Carrier(flow, udp);
    switch (DnsMessage.parse(bytes, udp.payloadOffset(), udp.payloadLength())) {
      case DnsParse.Parsed parsed -> process(parsed.message(), carrier);
      case DnsParse.Malformed malformed -> refuse(malformed, carrier);
    }
  }

  private void process(DnsMessage message, Carrier carrier) {
    UdpPacket udp = carrier.udp;
    if (udp.ip().isReadOnly()) {
      message.setReadOnly();
    }
    DnsTransaction transaction = new DnsTransaction(message, () -> udp.drop(DropReason.RULE));
    if (dissector.process(dns, transaction, carrier)) {
      if (message.isModified()) {
        udp.setPayload(message.encode());
      }
      udp.send();
    } else if (udp.isValid()) {
      udp.packet().blame(UNFIT);
      udp.drop(DropReason.POLICY);
    }
    transaction.leave();
  }

  private void refuse(DnsParse.Malformed malformed, Carrier carrier) {
    if (carrier.udp.missingLength() > 0) {
      dissector.cut().increment();
      carrier.udp.send();
      return;
    }
    dissector.malformed(dns, malformed, carrier);
    if (!carrier.goesOn()) {
      return;
    }
    if (dissector.drops()) {
      carrier.udp.packet().blame(DropOrigin.of("malformed dns message"));
      carrier.udp.drop(DropReason.MALFORMED);
    } else {
      carrier.udp.send();
    }
  }
}
