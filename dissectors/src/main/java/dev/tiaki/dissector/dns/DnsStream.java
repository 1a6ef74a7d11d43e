package dev.tiaki.dissector.dns;

import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.RuleFailure;
import org.jspecify.annotations.Nullable;

/**
 * One direction of DNS over TCP. A message is kept back in the stream until it is whole and the
 * listeners have seen it: at most 65 537 octets.
 */
final class DnsStream implements DnsCarrier {
  private static final int LENGTH_BYTES = 2;

  private final DnsDissector dissector;
  private final DnsFlow dns;
  private final TcpFlow flow;
  private final Direction direction;
  private @Nullable BufferIterator begin;
  private boolean stopped;

  DnsStream(DnsDissector dissector, DnsFlow dns, TcpFlow flow, Direction direction) {
    this.dissector = dissector;
    this.dns = dns;
    this.flow = flow;
    this.direction = direction;
  }

  @Override
  public boolean goesOn() {
    return flow.canContinue();
  }

  @Override
  public void ruleFailed(RuleFailure failure) {
    flow.ruleFailed(failure);
  }

  @Override
  public @Nullable Packet packet() {
    return null;
  }

  @Override
  public boolean isStream() {
    return true;
  }

  void receive(BufferStream stream, BufferIterator current) {
    BufferIterator at = begin == null ? current.copy() : begin;
    if (begin != null) {
      begin.unmark();
      begin = null;
    }
    while (!stopped && goesOn()) {
      int length = messageLength(at);
      if (length < 0) {
        keep(stream, at);
        return;
      }
      BufferIterator next = at.copy();
      read(next.sub(LENGTH_BYTES + length, true));
      at = next;
    }
  }

  /** Returns the length of the message that begins at {@code at}, or -1 when more has to come. */
  private int messageLength(BufferIterator at) {
    if (flow.gaps(direction) > 0 || flow.isMidstream()) {
      // nothing says any more where a message begins
      stopped = true;
      return -1;
    }
    if (at.available(LENGTH_BYTES) < LENGTH_BYTES) {
      return -1;
    }
    BufferIterator peek = at.copy();
    int length = peek.read() << 8 | peek.read();
    return at.available(LENGTH_BYTES + length) < LENGTH_BYTES + length ? -1 : length;
  }

  private void keep(BufferStream stream, BufferIterator at) {
    if (stopped || at.available(1) == 0) {
      return;
    }
    if (stream.isFinished()) {
      dissector.malformed(dns, new DnsParse.Malformed(DnsFault.CUT, 0), this);
      return;
    }
    at.mark(false);
    begin = at;
  }

  private void read(SubBuffer framed) {
    byte[] bytes = framed.toByteArray();
    switch (DnsMessage.parse(bytes, LENGTH_BYTES, bytes.length - LENGTH_BYTES)) {
      case DnsParse.Parsed parsed -> process(parsed.message(), framed);
      case DnsParse.Malformed malformed -> refuse(malformed);
    }
  }

  private void process(DnsMessage message, SubBuffer framed) {
    DnsTransaction transaction = new DnsTransaction(message, () -> {});
    boolean passes = dissector.process(dns, transaction, this);
    if (!flow.canContinue()) {
      return;
    }
    if (!passes) {
      framed.erase();
    } else if (message.isModified()) {
      replace(framed, message.encode());
    }
    transaction.leave();
  }

  private void replace(SubBuffer framed, byte[] message) {
    if (message.length > DnsMessage.MAX_BYTES) {
      flow.drop();
      return;
    }
    byte[] whole = new byte[LENGTH_BYTES + message.length];
    DnsMessage.put16(whole, 0, message.length);
    System.arraycopy(message, 0, whole, LENGTH_BYTES, message.length);
    framed.replace(VirtualBuffer.of(whole));
  }

  private void refuse(DnsParse.Malformed malformed) {
    dissector.malformed(dns, malformed, this);
    stopped = true;
    if (dissector.drops() && flow.canContinue()) {
      flow.drop();
    }
  }
}
