package dev.tiaki.lua.haka;

import dev.tiaki.dissector.flow.TransportFlow;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code console} of {@code protocol/tcp_connection} and of {@code protocol/udp_connection}: the
 * flows that are followed, by their number.
 *
 * @param <F> the flows
 */
final class FlowConsole<F extends TransportFlow> {
  private final Bindings bindings;
  private final String transport;
  private final Supplier<List<F>> flows;
  private final LuaTable table = new LuaTable();

  private FlowConsole(Bindings bindings, String transport, Supplier<List<F>> flows) {
    this.bindings = bindings;
    this.transport = transport;
    this.flows = flows;
    Builtin.add(table, "list_connections", all -> list(all.arg1().toboolean()));
  }

  /** Makes the table of TCP connections. */
  static LuaTable ofTcp(Bindings bindings) {
    return new FlowConsole<>(
            bindings, "tcp", () -> bindings.dissectors().tcpConnection().connectionList())
        .with("drop_connection", TcpFlow::drop)
        .with("reset_connection", TcpFlow::reset)
        .table;
  }

  /** Makes the table of UDP flows. */
  static LuaTable ofUdp(Bindings bindings) {
    return new FlowConsole<>(
            bindings, "udp", () -> bindings.dissectors().udpConnection().connectionList())
        .with("drop_connection", UdpFlow::drop)
        .table;
  }

  /** Adds a function that does something to the flow with the number it is given. */
  private FlowConsole<F> with(String name, Consumer<F> action) {
    Builtin.add(table, name, all -> act(all, action));
    return this;
  }

  private LuaTable list(boolean showDropped) {
    LuaTable rows = new LuaTable();
    for (F flow : flows.get()) {
      if (showDropped || flow.canContinue()) {
        rows.rawset(rows.rawlen() + 1, row(flow));
      }
    }
    return rows;
  }

  private LuaTable row(F flow) {
    LuaTable row = new LuaTable();
    row.rawset("id", id(flow));
    row.rawset("srcip", bindings.address(flow.sourceAddress()));
    row.rawset("srcport", flow.sourcePort());
    row.rawset("dstip", bindings.address(flow.destinationAddress()));
    row.rawset("dstport", flow.destinationPort());
    String state = flow.stateName();
    row.rawset("state", state == null ? LuaValue.NIL : LuaString.valueOf(state));
    count(row, "in_pkts", flow.packets(Direction.UP));
    count(row, "in_bytes", flow.bytes(Direction.UP));
    count(row, "out_pkts", flow.packets(Direction.DOWN));
    count(row, "out_bytes", flow.bytes(Direction.DOWN));
    return row;
  }

  private static void count(LuaTable row, String column, long value) {
    row.rawset(column, LuaValue.valueOf((double) value));
  }

  private LuaValue id(F flow) {
    return LuaString.valueOf(bindings.context().number() + "-" + flow.id());
  }

  private Varargs act(Varargs all, Consumer<F> action) {
    for (F flow : flows.get()) {
      boolean named =
          id(flow).raweq(all.arg1()) || (all.arg1().isnumber() && all.arg1().tolong() == flow.id());
      if (named && flow.canContinue()) {
        action.accept(flow);
        return LuaValue.NONE;
      }
    }
    throw Raised.plain("unknown " + transport + " connection");
  }
}
