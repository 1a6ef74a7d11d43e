package dev.tiaki.lua.haka;

import dev.tiaki.dissector.ipv4.Ipv4Dissector;
import dev.tiaki.dissector.ipv6.Ipv6Dissector;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.IteratorValue;
import dev.tiaki.lua.binding.PacketValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of the {@code haka} table about time, process, raw packets and buffers. */
final class CoreFunctions {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Bindings bindings;
  private final HakaHost host;

  CoreFunctions(Bindings bindings, HakaHost host) {
    this.bindings = bindings;
    this.host = host;
  }

  void addTo(LuaTable haka) {
    haka.rawset("mode", LuaString.valueOf("normal"));
    Builtin.add(haka, "abort", CoreFunctions::abort);
    Builtin.add(haka, "exit", this::exit);
    Builtin.add(haka, "current_thread", all -> LuaValue.valueOf(bindings.context().number()));
    Builtin.add(haka, "network_time", all -> bindings.time(bindings.context().time().nanos()));
    Builtin.add(haka, "time", all -> bindings.time((long) (all.checkdouble(1) * NANOS_PER_SECOND)));
    Builtin.add(haka, "capture_mode", this::captureMode);
    Builtin.add(haka, "packet_mode", this::captureMode);
    Builtin.add(haka, "packet", this::createPacket);
    Builtin.add(haka, "packet_dissector", CoreFunctions::dissectorOf);
    addBuffers(haka);
  }

  private void addBuffers(LuaTable haka) {
    Builtin.add(haka, "vbuffer_from", this::bufferFrom);
    Builtin.add(haka, "vbuffer_allocate", this::allocate);
    Builtin.add(haka, "vbuffer_sub", all -> bindings.subBetween(all.arg1(), all.arg(2)));
    Builtin.add(haka, "vbuffer_iterator_blocking", this::blockingIterator);
    Builtin.add(haka, "vbuffer_stream", all -> bindings.stream(new BufferStream()));
    Builtin.add(haka, "vbuffer_sub_stream", all -> bindings.subStream());
    haka.rawset("vbuffer_stream_comanager", bindings.comanagers());
    Builtin.add(haka, "regexp_result", all -> bindings.regexpResult());
  }

  private static Varargs abort(Varargs all) {
    throw RuleAbort.instance();
  }

  private Varargs exit(Varargs all) {
    host.exit();
    return LuaValue.NONE;
  }

  private Varargs captureMode(Varargs all) {
    boolean enforcing = bindings.context().mode().enforcing();
    return LuaString.valueOf(enforcing ? "normal" : "passthrough");
  }

  /** Makes a forged packet with {@code size} zero bytes behind its link header. */
  Varargs createPacket(Varargs all) {
    int size = all.optint(1, 0);
    return bindings
        .packets()
        .packet(
            bindings
                .dissectors()
                .forgedFrames()
                .blank(LinkType.ETHERNET, Ipv4Dissector.ETHER_TYPE, size));
  }

  private static Varargs dissectorOf(Varargs all) {
    if (!(all.arg1() instanceof PacketValue value)) {
      throw Raised.plain("expected 'packet' got '" + all.arg1().typename() + "'");
    }
    Packet packet = value.committed();
    return switch (packet.etherType()) {
      case Ipv4Dissector.ETHER_TYPE -> LuaString.valueOf("ipv4");
      case Ipv6Dissector.ETHER_TYPE -> LuaString.valueOf("ipv6");
      default -> LuaValue.NIL;
    };
  }

  private Varargs bufferFrom(Varargs all) {
    byte[] bytes = ByteText.copyOf(all.checkstring(1));
    return bindings.buffer(VirtualBuffer.of(bytes).asScratch());
  }

  private Varargs allocate(Varargs all) {
    int size = all.checkint(1);
    if (size < 0) {
      throw Raised.plain("number must not be negative");
    }
    if (!bindings.runtime().budget().allowsString(size)) {
      throw Raised.plain("buffer too large: " + size + " bytes");
    }
    return bindings.buffer(VirtualBuffer.allocate(size).asScratch());
  }

  private Varargs blockingIterator(Varargs all) {
    if (all.arg1() instanceof IteratorValue value) {
      return bindings.blockingIterator(value.iterator());
    }
    throw Raised.plain("expected 'vbuffer_iterator' got '" + all.arg1().typename() + "'");
  }
}
