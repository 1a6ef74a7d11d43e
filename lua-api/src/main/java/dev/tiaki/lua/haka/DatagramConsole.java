package dev.tiaki.lua.haka;

import dev.tiaki.dissector.udpconnection.UdpFlow;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code console} of {@code protocol/udp_connection}: the flows of UDP, by their number. */
final class DatagramConsole {
  private final Bindings bindings;

  DatagramConsole(Bindings bindings) {
    this.bindings = bindings;
  }

  LuaTable table() {
    LuaTable table = new LuaTable();
    Builtin.add(table, "list_connections", all -> list(all.arg1().toboolean()));
    Builtin.add(table, "drop_connection", this::drop);
    return table;
  }

  private LuaTable list(boolean showDropped) {
    LuaTable rows = new LuaTable();
    for (UdpFlow flow : bindings.dissectors().udpConnection().connectionList()) {
      if (showDropped || flow.canContinue()) {
        rows.rawset(rows.rawlen() + 1, row(flow));
      }
    }
    return rows;
  }

  private LuaTable row(UdpFlow flow) {
    LuaTable row = new LuaTable();
    row.rawset("id", id(flow));
    row.rawset("srcip", bindings.address(flow.sourceAddress()));
    row.rawset("srcport", flow.sourcePort());
    row.rawset("dstip", bindings.address(flow.destinationAddress()));
    row.rawset("dstport", flow.destinationPort());
    row.rawset("state", LuaString.valueOf(flow.state().word()));
    count(row, "in_pkts", flow.packets(Direction.UP));
    count(row, "in_bytes", flow.bytes(Direction.UP));
    count(row, "out_pkts", flow.packets(Direction.DOWN));
    count(row, "out_bytes", flow.bytes(Direction.DOWN));
    return row;
  }

  private static void count(LuaTable row, String column, long value) {
    row.rawset(column, LuaValue.valueOf((double) value));
  }

  private LuaValue id(UdpFlow flow) {
    return LuaString.valueOf(bindings.context().number() + "-" + flow.id());
  }

  private Varargs drop(Varargs all) {
    for (UdpFlow flow : bindings.dissectors().udpConnection().connectionList()) {
      boolean named =
          id(flow).raweq(all.arg1()) || (all.arg1().isnumber() && all.arg1().tolong() == flow.id());
      if (named && flow.canContinue()) {
        flow.drop();
        return LuaValue.NONE;
      }
    }
    throw Raised.plain("unknown udp connection");
  }
}
