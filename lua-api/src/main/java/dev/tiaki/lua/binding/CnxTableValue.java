package dev.tiaki.lua.binding;

import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.lua.fault.Raised;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A {@code cnx_table}: connections that a dissector of a rule file keeps, by their ends. */
final class CnxTableValue extends NativeObject {
  private static final String NAME = "cnx_table";
  private static final int MAX_CONNECTIONS = 1_000_000;
  private static final LuaValue UP = LuaValue.valueOf("up");
  private static final LuaValue DOWN = LuaValue.valueOf("down");

  private final Bindings bindings;
  private final LogSection log;
  private final Map<Ends, CnxValue> connections = new LinkedHashMap<>();
  private int lastId;

  /** The two ends of a connection, as its first packet has them. */
  record Ends(IpAddress source, IpAddress destination, int sourcePort, int destinationPort) {
    Ends reversed() {
      return new Ends(destination, source, destinationPort, sourcePort);
    }

    @Override
    public String toString() {
      return source + ":" + sourcePort + " -> " + destination + ":" + destinationPort;
    }
  }

  CnxTableValue(Bindings bindings) {
    super(new Object(), bindings.connectionTables);
    this.bindings = bindings;
    log = bindings.context().log().section("conn");
  }

  static NativeClass describe() {
    return new NativeClass(NAME, AttributeNames.NONE)
        .method("create", all -> self(all, "create").create(ends(all)))
        .method("get", all -> self(all, "get").find(ends(all)))
        .method("get_byid", all -> self(all, "get_byid").byId((int) Arg.number(all.arg(2))))
        .method("all", all -> self(all, "all").list(all.arg(2).toboolean()));
  }

  private static CnxTableValue self(Varargs all, String function) {
    return Arg.of(all, 1, CnxTableValue.class, NAME, function);
  }

  private static Ends ends(Varargs all) {
    IpAddress source = Arg.of(all, 2, AddressValue.class, "addr", NAME).address();
    IpAddress destination = Arg.of(all, 3, AddressValue.class, "addr", NAME).address();
    int sourcePort = Arg.unsignedInt(all.arg(4));
    return new Ends(source, destination, sourcePort, Arg.unsignedInt(all.arg(5)));
  }

  private @Nullable CnxValue known(Ends ends) {
    CnxValue found = connections.get(ends);
    return found == null ? connections.get(ends.reversed()) : found;
  }

  private LuaValue create(Ends ends) {
    CnxValue old = known(ends);
    if (old != null && !old.isDropped()) {
      throw Raised.plain("cnx already exists");
    }
    if (old != null) {
      forget(old);
    }
    if (connections.size() >= MAX_CONNECTIONS) {
      throw Raised.plain("too many connections in table");
    }
    CnxValue made = new CnxValue(bindings.connectionEntries, this, ends, ++lastId);
    connections.put(ends, made);
    bindings.keptConnections.add(this);
    log.debug("opening connection " + ends);
    return made;
  }

  private Varargs find(Ends ends) {
    CnxValue found = connections.get(ends);
    LuaValue direction = UP;
    if (found == null) {
      found = connections.get(ends.reversed());
      direction = DOWN;
    }
    if (found == null) {
      return NIL;
    }
    LuaValue shown = found.isDropped() ? NIL : found;
    return varargsOf(shown, direction, valueOf(found.isDropped()));
  }

  private LuaValue byId(int id) {
    for (CnxValue each : connections.values()) {
      if (each.id() == id && !each.isDropped()) {
        return each;
      }
    }
    return NIL;
  }

  private LuaValue list(boolean withDropped) {
    LuaTable all = new LuaTable();
    for (CnxValue each : connections.values()) {
      if (withDropped || !each.isDropped()) {
        all.rawset(all.rawlen() + 1, each);
      }
    }
    return all;
  }

  /** Forgets a connection. */
  void close(CnxValue connection) {
    if (forget(connection)) {
      log.debug("closing connection " + connection.ends());
    }
  }

  private boolean forget(CnxValue connection) {
    boolean known = connections.remove(connection.ends(), connection);
    if (connections.isEmpty()) {
      bindings.keptConnections.remove(this);
    }
    return known;
  }

  /** Forgets all connections as the Lua state ends. */
  void release() {
    connections.keySet().forEach(ends -> log.debug("release connection " + ends));
    connections.clear();
  }

  void dropped(CnxValue connection) {
    log.debug("dropping connection " + connection.ends());
  }

  @Override
  protected LuaValue read(int attribute) {
    return NIL;
  }
}
