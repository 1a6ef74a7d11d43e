package dev.tiaki.lua.binding;

import dev.tiaki.dissector.udpconnection.DatagramDissector;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.rule.RuleAbort;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A UDP flow as Lua sees it. There is one for each flow that a rule saw. */
public final class UdpFlowObject extends InstanceObject implements Emitter {
  private static final AttributeNames ATTRIBUTES =
      FlowAttributes.followedBy("state", "name", "data", "connection");
  private static final int STATE = FlowAttributes.COUNT;
  private static final int NAME = STATE + 1;
  private static final int DATA = STATE + 2;
  private static final int SHOWN = STATE + 1;
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
    if (attribute < FlowAttributes.COUNT) {
      return FlowAttributes.read(bindings, flow, attribute);
    }
    return switch (attribute) {
      case STATE -> LuaString.valueOf(flow.stateName());
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
