package dev.tiaki.lua.haka;

import dev.tiaki.dissector.dns.DnsEvents;
import dev.tiaki.dissector.dns.DnsFlow;
import dev.tiaki.dissector.dns.DnsTransaction;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.DnsMessageObject;
import dev.tiaki.lua.binding.DnsObject;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The event table of DNS. */
final class DnsRules {
  private final Bindings bindings;

  DnsRules(Bindings bindings) {
    this.bindings = bindings;
  }

  LuaTable events(DnsEvents events) {
    NamedTable table = ProtocolEvents.table();
    add(table, "query", (c, s) -> events.query().add((dns, query) -> call(c, dns, query, null)));
    add(table, "response", (c, s) -> events.response().add((d, r, q) -> call(c, d, r, q)));
    add(
        table,
        "mismatching_response",
        (c, s) -> events.unmatched().add((d, r, q) -> call(c, d, r, q)));
    add(
        table,
        "malformed",
        (c, s) ->
            events
                .malformed()
                .add((dns, fault) ->
                    c.on(
                        dns.flow(),
                        LuaValue.varargsOf(
                            DnsObject.of(bindings, dns, null),
                            LuaString.valueOf(fault.fault().words())))));
    return table;
  }

  private static void add(LuaTable table, String event, EventObject.Binder binder) {
    ProtocolEvents.add(table, "dns", event, binder);
  }

  private void call(
      RuleCall call, DnsFlow dns, DnsTransaction message, @Nullable DnsTransaction query) {
    DnsMessageObject object = DnsMessageObject.of(bindings, message);
    LuaValue asked = query == null ? LuaValue.NIL : DnsMessageObject.of(bindings, query);
    try {
      call.on(dns.flow(), LuaValue.varargsOf(DnsObject.of(bindings, dns, message), object, asked));
    } finally {
      object.flush();
    }
  }
}
