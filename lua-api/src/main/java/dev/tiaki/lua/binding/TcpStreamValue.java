package dev.tiaki.lua.binding;

import dev.tiaki.dissector.tcp.TcpPacket;
import dev.tiaki.dissector.tcp.TcpStream;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A {@code tcp_stream}: packets of one direction that a rule file puts in order itself. */
final class TcpStreamValue extends NativeObject {
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("stream", "lastseq");
  private static final int STREAM = 0;
  private static final String NAME = "tcp_stream";

  private final Bindings bindings;
  private final TcpStream packets;

  TcpStreamValue(Bindings bindings, TcpStream packets) {
    super(packets, bindings.tcpStreams);
    this.bindings = bindings;
    this.packets = packets;
  }

  static NativeClass describe() {
    return new NativeClass(NAME, ATTRIBUTES)
        .method("init", TcpStreamValue::init)
        .method("push", TcpStreamValue::push)
        .method("pop", TcpStreamValue::pop)
        .method("seq", TcpStreamValue::adjustSequence)
        .method("ack", TcpStreamValue::adjustAcknowledgment)
        .action("clear", TcpStreamValue.class, self -> self.packets.clear());
  }

  private static TcpStreamValue self(Varargs all, String function) {
    return Arg.of(all, 1, TcpStreamValue.class, NAME, function);
  }

  private static TcpValue packet(Varargs all, String function) {
    return Arg.of(all, 2, TcpValue.class, "tcp", function);
  }

  private static Varargs init(Varargs all) {
    self(all, "init").packets.init(Arg.unsignedInt(all.arg(2)));
    return LuaValue.NONE;
  }

  private static Varargs push(Varargs all) {
    TcpStreamValue self = self(all, "push");
    TcpPacket tcp = packet(all, "push").packet();
    if (!self.packets.isInitialized()) {
      throw Raised.plain("uninitialized stream");
    }
    if (tcp.packet().flow() != null) {
      throw Raised.plain("operation not supported"); // the connection keeps its packets in order
    }
    BufferIterator begin = self.packets.push(tcp);
    return begin == null ? LuaValue.NIL : self.bindings.iterator(begin);
  }

  private static Varargs pop(Varargs all) {
    TcpStreamValue self = self(all, "pop");
    TcpPacket tcp = self.packets.pop();
    return tcp == null ? LuaValue.NIL : self.bindings.packets().tcp(tcp);
  }

  private static Varargs adjustSequence(Varargs all) {
    self(all, "seq").packets.adjustSequence(packet(all, "seq").packet());
    return LuaValue.NONE;
  }

  /** A packet that came out dropped has no acknowledgement any more, which is no error in Haka. */
  private static Varargs adjustAcknowledgment(Varargs all) {
    TcpStreamValue self = self(all, "ack");
    TcpValue tcp = packet(all, "ack");
    if (tcp.canContinue()) {
      self.packets.adjustAcknowledgment(tcp.packet());
    }
    return LuaValue.NONE;
  }

  @Override
  protected LuaValue read(int attribute) {
    return attribute == STREAM
        ? bindings.stream(packets.stream())
        : Arg.unsigned32(packets.lastSequence());
  }
}
