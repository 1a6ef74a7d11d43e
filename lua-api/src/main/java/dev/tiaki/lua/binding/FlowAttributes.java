package dev.tiaki.lua.binding;

import dev.tiaki.dissector.flow.TransportFlow;
import dev.tiaki.engine.flow.Direction;
import java.util.stream.Stream;
import org.luaj.vm2.LuaValue;

/** The attributes that TCP connections and UDP flows share; each has its own behind them. */
final class FlowAttributes {
  private static final String[] NAMES = {
    "srcip", "dstip", "srcport", "dstport", "id", "in_pkts", "in_bytes", "out_pkts", "out_bytes"
  };
  private static final int SOURCE_ADDRESS = 0;
  private static final int DESTINATION_ADDRESS = 1;
  private static final int SOURCE_PORT = 2;
  private static final int DESTINATION_PORT = 3;
  private static final int ID = 4;
  private static final int IN_PACKETS = 5;
  private static final int IN_BYTES = 6;
  private static final int OUT_PACKETS = 7;
  private static final int OUT_BYTES = 8;

  /** How many there are, and the index of the first that is not one of them. */
  static final int COUNT = OUT_BYTES + 1;

  private FlowAttributes() {}

  /** Returns their names with {@code own} behind them. */
  static AttributeNames followedBy(String... own) {
    return AttributeNames.of(Stream.of(NAMES, own).flatMap(Stream::of).toArray(String[]::new));
  }

  /** Reads the attribute with an index below {@link #COUNT}. */
  static LuaValue read(Bindings bindings, TransportFlow flow, int attribute) {
    return switch (attribute) {
      case SOURCE_ADDRESS -> bindings.address(flow.sourceAddress());
      case DESTINATION_ADDRESS -> bindings.address(flow.destinationAddress());
      case SOURCE_PORT -> LuaValue.valueOf(flow.sourcePort());
      case DESTINATION_PORT -> LuaValue.valueOf(flow.destinationPort());
      case ID -> Arg.count(flow.id());
      case IN_PACKETS -> Arg.count(flow.packets(Direction.UP));
      case IN_BYTES -> Arg.count(flow.bytes(Direction.UP));
      case OUT_PACKETS -> Arg.count(flow.packets(Direction.DOWN));
      default -> Arg.count(flow.bytes(Direction.DOWN));
    };
  }
}
