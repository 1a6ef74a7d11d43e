package dev.tiaki.lua.haka;

import dev.tiaki.dissector.udpconnection.UdpConnectionDissector;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.UdpFlowObject;
import java.util.function.Consumer;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * What stands on a UDP flow: the dissector that a statement of the policy installs or that a rule
 * selected by hand, or else the one expected at the port.
 */
final class DatagramChoice implements Consumer<UdpFlow> {
  private final Bindings bindings;
  private final LuaStack stack;
  private final Policy policy;
  private final UdpConnectionDissector datagrams;
  private boolean watchesEnds;

  DatagramChoice(Bindings bindings, LuaStack stack, Policy policy) {
    this.bindings = bindings;
    this.stack = stack;
    this.policy = policy;
    this.datagrams = bindings.dissectors().udpConnection();
  }

  @Override
  public void accept(UdpFlow flow) {
    boolean matched = false;
    if (!policy.isEmpty()) {
      LuaTable values = new LuaTable();
      values.rawset("port", flow.destinationPort());
      matched = policy.apply(bindings.packets().flow(flow), values, new LuaTable()).matched();
    }
    if (!matched && flow.nextDissector() == null) {
      datagrams.chooseByPort(flow);
    }
  }

  /** Installs a dissector that is written in Lua. */
  void select(UdpFlowObject flow, LuaValue dissector) {
    if (!watchesEnds) {
      watchesEnds = true;
      datagrams
          .events()
          .endConnection()
          .add(ended -> {
            if (ended.nextDissector() instanceof LuaDatagrams above) {
              above.ended(ended);
            }
          });
    }
    LuaDatagrams.install(stack, flow, dissector);
  }
}
