package dev.tiaki.lua.binding;

import dev.tiaki.engine.address.IpNetwork;
import dev.tiaki.lua.fault.Raised;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A network of either family. */
public final class NetworkValue extends NativeObject {
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("net", "mask");
  private static final int NET = 0;

  private final Bindings bindings;

  NetworkValue(Bindings bindings, IpNetwork network) {
    super(network, bindings.networks);
    this.bindings = bindings;
  }

  static NativeClass describe() {
    return new NativeClass("network", ATTRIBUTES)
        .method("contains", NetworkValue::contains)
        .printable();
  }

  private static Varargs contains(Varargs all) {
    NetworkValue self = Arg.of(all, 1, NetworkValue.class, "network", "contains");
    if (all.arg(2).isnil()) {
      throw Raised.plain("nil argument");
    }
    AddressValue address = Arg.of(all, 2, AddressValue.class, "addr", "contains");
    return LuaValue.valueOf(self.network().contains(address.address()));
  }

  /** Returns the network. */
  public IpNetwork network() {
    return (IpNetwork) m_instance;
  }

  @Override
  protected LuaValue read(int attribute) {
    return attribute == NET
        ? bindings.address(network().address())
        : LuaValue.valueOf(network().prefixLength());
  }

  @Override
  public String tojstring() {
    return m_instance.toString();
  }
}
