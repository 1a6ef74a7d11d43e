package dev.tiaki.lua.haka;

import dev.tiaki.dissector.tcpconnection.TcpConnectionPolicies;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.FlowObject;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * What stands on a TCP connection: the dissector that a statement of the policy installs, or else
 * the one that a rule selected by hand.
 */
final class FlowChoice implements TcpConnectionPolicies.NextDissector {
  private final Bindings bindings;
  private final LuaStack stack;
  private final Policy policy;
  private boolean watchesEnds;

  FlowChoice(Bindings bindings, LuaStack stack, Policy policy) {
    this.bindings = bindings;
    this.stack = stack;
    this.policy = policy;
  }

  @Override
  public void apply(TcpFlow flow) {
    boolean matched = false;
    if (!policy.isEmpty()) {
      LuaTable values = new LuaTable();
      values.rawset("port", flow.destinationPort());
      matched = policy.apply(bindings.packets().flow(flow), values, new LuaTable()).matched();
    }
    if (flow.scriptData() instanceof FlowObject object && selected(object)) {
      return;
    }
    if (!matched && flow.nextDissector() == null) {
      bindings.dissectors().tcpConnection().chooseByPort(flow);
    }
  }

  /** Installs the Lua dissector that was selected on {@code object}, if one was. */
  boolean selected(FlowObject object) {
    LuaValue dissector = object.takeSelected();
    if (!dissector.istable()) {
      return false;
    }
    watchEnds();
    LuaStream.install(stack, object, dissector);
    return true;
  }

  private void watchEnds() {
    if (watchesEnds) {
      return;
    }
    watchesEnds = true;
    bindings
        .dissectors()
        .tcpConnection()
        .events()
        .endConnection()
        .add(flow -> {
          if (flow.nextDissector() instanceof LuaStream stream) {
            stream.ended(flow);
          }
        });
  }
}
