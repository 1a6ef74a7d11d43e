package dev.tiaki.lua.binding;

import dev.tiaki.dissector.dns.DnsFlow;
import dev.tiaki.dissector.dns.DnsTransaction;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.rule.RuleAbort;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** DNS on one flow as Lua sees it; what it does not have itself is the flow's. */
public final class DnsObject extends InstanceObject implements Emitter {
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("name", "flow");
  private static final int NAME = 0;
  private static final String TYPE = "dns";

  private final LuaTable flow;
  private @Nullable DnsTransaction current;

  private DnsObject(Bindings bindings, LuaTable flow) {
    super(bindings, bindings.dnsFlows);
    this.flow = flow;
  }

  static InstanceClass describe() {
    return new InstanceClass(TYPE, ATTRIBUTES)
        .action("drop", DnsObject.class, self -> self.flow.get("drop").call(self.flow))
        .action("error", DnsObject.class, self -> self.flow.get("drop").call(self.flow))
        .action("continue", DnsObject.class, DnsObject::continueOrAbort)
        .method(
            "can_continue",
            all -> valueOf(Arg.of(all, 1, DnsObject.class, TYPE, "can_continue").canContinue()))
        .method("parent", all -> Arg.of(all, 1, DnsObject.class, TYPE, "parent").flow);
  }

  /** Returns the object of {@code dns}, always the same one, about to be shown {@code message}. */
  public static DnsObject of(Bindings bindings, DnsFlow dns, @Nullable DnsTransaction message) {
    DnsObject object;
    if (dns.scriptData() instanceof DnsObject known) {
      object = known;
    } else {
      object = new DnsObject(bindings, flowOf(bindings, dns));
      dns.setScriptData(object);
    }
    object.current = message;
    return object;
  }

  private static LuaTable flowOf(Bindings bindings, DnsFlow dns) {
    return switch (dns.flow()) {
      case UdpFlow udp -> bindings.packets().flow(udp);
      case TcpFlow tcp -> bindings.packets().flow(tcp);
      default -> throw new IllegalStateException("flow of an unknown kind");
    };
  }

  private void continueOrAbort() {
    if (!canContinue()) {
      throw RuleAbort.instance();
    }
  }

  @Override
  public boolean canContinue() {
    DnsTransaction message = current;
    return ((Emitter) flow).canContinue() && (message == null || !message.isDropped());
  }

  @Override
  LuaValue read(int attribute) {
    return attribute == NAME ? LuaString.valueOf(TYPE) : flow;
  }

  @Override
  LuaValue readUnknown(LuaValue key) {
    return flow.get(key);
  }
}
