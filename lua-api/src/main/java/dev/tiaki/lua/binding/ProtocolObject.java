package dev.tiaki.lua.binding;

import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.buffer.BufferException;
import dev.tiaki.lua.lib.Builtin;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A protocol on one connection as Lua sees it. What it does not know itself is asked of the
 * connection, whose methods act on the connection; what a rule assigns stays in it.
 */
public abstract class ProtocolObject extends LuaTable implements Emitter, Members {
  private static final AttributeNames COMMON =
      AttributeNames.of("flow", "enable_data_modification");
  private static final int FLOW = 0;
  private static final Builtin ENABLE_DATA_MODIFICATION =
      Builtin.of(COMMON.name(1), ProtocolObject::enableDataModification);

  private final Bindings bindings;
  private final TcpFlow connection;
  private final AttributeNames attributes;

  /**
   * Makes the object of a protocol.
   *
   * @param connection what the protocol stands on
   * @param attributes what it knows itself
   */
  protected ProtocolObject(Bindings bindings, TcpFlow connection, AttributeNames attributes) {
    this.bindings = bindings;
    this.connection = connection;
    this.attributes = attributes;
  }

  /** Reads one of its own attributes; what is nil is asked of the connection. */
  protected abstract LuaValue read(int attribute);

  /** Lets rules change the size of what is being signalled. */
  protected abstract void enableDataModification();

  private static Varargs enableDataModification(Varargs all) {
    ProtocolObject self = Arg.of(all, 1, ProtocolObject.class, "protocol", COMMON.name(1));
    if (self.bindings.context().mode().readOnlyBuffers()) {
      throw BufferException.readOnly();
    }
    self.enableDataModification();
    return NONE;
  }

  private FlowObject flow() {
    return bindings.packets().flow(connection);
  }

  @Override
  public final boolean canContinue() {
    return connection.canContinue();
  }

  @Override
  public final List<String> memberNames() {
    List<String> names = new ArrayList<>(attributes.names());
    names.addAll(COMMON.names());
    names.addAll(flow().memberNames());
    return names;
  }

  @Override
  public final LuaValue get(LuaValue key) {
    LuaValue assigned = rawget(key);
    if (!assigned.isnil()) {
      return assigned;
    }
    int attribute = attributes.indexOf(key);
    LuaValue own = attribute >= 0 ? read(attribute) : common(COMMON.indexOf(key));
    return own.isnil() ? ofConnection(key) : own;
  }

  private LuaValue common(int attribute) {
    return attribute < 0 ? NIL : attribute == FLOW ? flow() : ENABLE_DATA_MODIFICATION;
  }

  private LuaValue ofConnection(LuaValue key) {
    FlowObject flow = flow();
    LuaValue value = flow.get(key);
    return value.isfunction() && key instanceof LuaString name ? onFlow(flow, name, value) : value;
  }

  /** A method of the connection, called on this object, acts on the connection. */
  private LuaValue onFlow(FlowObject flow, LuaString name, LuaValue method) {
    return Builtin.of(
        name.tojstring(),
        all -> {
          Varargs rest = all.arg1() == this ? varargsOf(flow, all.subargs(2)) : all;
          return method.invoke(rest);
        });
  }
}
