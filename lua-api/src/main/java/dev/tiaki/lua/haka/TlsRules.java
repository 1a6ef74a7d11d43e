package dev.tiaki.lua.haka;

import dev.tiaki.dissector.tls.TlsDissector;
import dev.tiaki.dissector.tls.TlsEvents;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.TlsObject;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The event table of TLS. */
final class TlsRules {
  private final Bindings bindings;

  TlsRules(Bindings bindings) {
    this.bindings = bindings;
  }

  LuaTable events(TlsDissector dissector) {
    TlsEvents events = dissector.events();
    NamedTable table = ProtocolEvents.table();
    add(table, "client_hello", events.clientHello());
    add(table, "server_hello", events.serverHello());
    add(table, "certificate", events.certificate());
    add(table, "handshake", events.handshake());
    bind(
        table,
        "malformed",
        (c, s) ->
            events
                .malformed()
                .add((tls, fault) ->
                    c.on(
                        tls.flow(),
                        LuaValue.varargsOf(
                            TlsObject.of(bindings, tls), LuaString.valueOf(fault.words())))));
    return table;
  }

  private void add(LuaTable table, String name, EventPoint<TlsEvents.Listener> event) {
    bind(table, name, (c, s) -> event.add(tls -> c.on(tls.flow(), TlsObject.of(bindings, tls))));
  }

  /** Who listens wants to know of TLS at any port. */
  private void bind(LuaTable table, String name, EventObject.Binder binder) {
    ProtocolEvents.add(
        table,
        "tls",
        name,
        (call, streamed) -> {
          binder.bind(call, streamed);
          bindings.dissectors().tls().detect(bindings.dissectors().tcpConnection());
        });
  }
}
