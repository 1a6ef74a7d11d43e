package dev.tiaki.lua.haka;

import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.function.Consumer;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code console} of {@code protocol/tcp_connection}: the open connections, by their number. */
final class FlowConsole {
  private final Bindings bindings;

  FlowConsole(Bindings bindings) {
    this.bindings = bindings;
  }

  LuaTable table() {
    LuaTable table = new LuaTable();
    Builtin.add(table, "list_connections", all -> list(all.arg1().toboolean()));
    Builtin.add(table, "drop_connection", all -> act(all, TcpFlow::drop));
    Builtin.add(table, "reset_connection", all -> act(all, TcpFlow::reset));
    return table;
  }

  private LuaTable list(boolean showDropped) {
    LuaTable rows = new LuaTable();
    for (TcpFlow flow : bindings.dissectors().tcpConnection().connectionList()) {
      if (showDropped || flow.canContinue()) {
        rows.rawset(rows.rawlen() + 1, row(flow));
      }
    }
    return rows;
  }

  private LuaTable row(TcpFlow flow) {
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

  private LuaValue id(TcpFlow flow) {
    return LuaString.valueOf(bindings.context().number() + "-" + flow.id());
  }

  private Varargs act(Varargs all, Consumer<TcpFlow> action) {
    for (TcpFlow flow : bindings.dissectors().tcpConnection().connectionList()) {
      boolean named =
          id(flow).raweq(all.arg1()) || (all.arg1().isnumber() && all.arg1().tolong() == flow.id());
      if (named && flow.canContinue()) {
        action.accept(flow);
        return LuaValue.NONE;
      }
    }
    throw Raised.plain("unknown tcp connection");
  }
}
