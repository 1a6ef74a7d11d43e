package dev.tiaki.lua.binding;

import dev.tiaki.dissector.udpconnection.DatagramDissector;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.rule.RuleAbort;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A UDP flow as Lua sees it. There is one for each flow that a rule saw. */
public final class UdpFlowObject extends InstanceObject implements Emitter {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of(
          "srcip",
          "dstip",
          "srcport",
          "dstport",
          "id",
          "in_pkts",
          "in_bytes",
          "out_pkts",
          "out_bytes",
          "state",
          "name",
          "data",
          "connection");
  private static final int SHOWN = 10;
  private static final int SOURCE_ADDRESS = 0;
  private static final int DESTINATION_ADDRESS = 1;
  private static final int SOURCE_PORT = 2;
  private static final int DESTINATION_PORT = 3;
  private static final int ID = 4;
  private static final int IN_PACKETS = 5;
  private static final int IN_BYTES = 6;
  private static final int OUT_PACKETS = 7;
  private static final int OUT_BYTES = 8;
  private static final int STATE = 9;
  private static final int NAME = 10;
  private static final int DATA = 11;
  private static final String TYPE = "udp_connection";

  /** Where the data of the packet belong that a dissector written in Lua has taken out. */
  private static final LuaString PLACE = LuaString.valueOf("_place");

  private final UdpFlow flow;

  UdpFlowObject(Bindings bindings, UdpFlow flow) {
    super(bindings, bindings.udpFlows);
    this.flow = flow;
  }

  static InstanceClass describe() {
    return new InstanceClass(TYPE, ATTRIBUTES, SHOWN)
        .method("drop", UdpFlowObject::drop)
        .method("send", UdpFlowObject::send)
        .verdict("error", "drop the flow", UdpFlowObject.class, self -> self.flow.drop())
        .action("continue", UdpFlowObject.class, UdpFlowObject::continueOrAbort)
        .method("can_continue", all -> valueOf(self(all, "can_continue").canContinue()))
        .method("select_next_dissector", UdpFlowObject::select);
  }

  private static UdpFlowObject self(Varargs all, String function) {
    return Arg.of(all, 1, UdpFlowObject.class, TYPE, function);
  }

  /** With a packet, drops that alone. */
  private static Varargs drop(Varargs all) {
    UdpFlowObject self = self(all, "drop");
    if (all.arg(2) instanceof UdpObject packet) {
      packet.get(LuaString.valueOf("drop")).call(packet);
    } else if (self.bindings.allows("drop the flow")) {
      self.flow.drop();
    }
    return NONE;
  }

  /** With data, that a dissector took out, puts them back first. */
  private static Varargs send(Varargs all) {
    UdpFlowObject self = self(all, "send");
    UdpObject packet = Arg.of(all, 2, UdpObject.class, TYPE, "send");
    LuaValue place = self.rawget(PLACE);
    if (!all.isnoneornil(3) && !place.isnil()) {
      self.rawset(PLACE, NIL);
      place.get("restore").invoke(new LuaValue[] {place, all.arg(3), all.arg(4)});
    }
    packet.packet().send();
    return NONE;
  }

  private static Varargs select(Varargs all) {
    UdpFlowObject self = self(all, "select_next_dissector");
    LuaValue dissector = all.arg(2);
    if (dissector.istable() && !(dissector instanceof EngineDissector)) {
      self.bindings.selectedOn(self, dissector);
      return NONE;
    }
    String name = DissectorName.of(dissector);
    DatagramDissector next =
        self.bindings.dissectors().udpConnection().applications().open(name, self.flow);
    self.flow.setNextDissector(DissectorName.require(next, name));
    return NONE;
  }

  private void continueOrAbort() {
    if (!canContinue()) {
      throw RuleAbort.instance();
    }
  }

  /** Returns the flow. */
  public UdpFlow flow() {
    return flow;
  }

  @Override
  public boolean canContinue() {
    return flow.canContinue();
  }

  @Override
  LuaValue read(int attribute) {
    return switch (attribute) {
      case SOURCE_ADDRESS -> bindings.address(flow.sourceAddress());
      case DESTINATION_ADDRESS -> bindings.address(flow.destinationAddress());
      case SOURCE_PORT -> valueOf(flow.sourcePort());
      case DESTINATION_PORT -> valueOf(flow.destinationPort());
      case ID -> Arg.count(flow.id());
      case IN_PACKETS -> Arg.count(flow.packets(Direction.UP));
      case IN_BYTES -> Arg.count(flow.bytes(Direction.UP));
      case OUT_PACKETS -> Arg.count(flow.packets(Direction.DOWN));
      case OUT_BYTES -> Arg.count(flow.bytes(Direction.DOWN));
      case STATE -> LuaString.valueOf(flow.state().word());
      case NAME -> LuaString.valueOf(TYPE);
      case DATA -> NIL;
      default -> this;
    };
  }

  /** What was never assigned reads as nil. */
  @Override
  LuaValue readUnknown(LuaValue key) {
    return NIL;
  }
}
