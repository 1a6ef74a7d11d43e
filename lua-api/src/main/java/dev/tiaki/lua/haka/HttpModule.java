package dev.tiaki.lua.haka;

import dev.tiaki.dissector.http.HttpDissector;
import dev.tiaki.dissector.http.HttpEvents;
import dev.tiaki.dissector.http.HttpListener;
import dev.tiaki.dissector.tcpconnection.TcpConnectionDissector;
import dev.tiaki.engine.event.EventPoint;
import dev.tiaki.lua.binding.Bindings;
import dev.tiaki.lua.binding.FlowObject;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.http.HttpLibrary;
import dev.tiaki.lua.lib.Builtin;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The module {@code protocol/http}: its events, its functions, and what selects it. */
final class HttpModule {
  private final Bindings bindings;
  private final TcpConnectionDissector connections;
  private final HttpDissector dissector;
  private final HttpLibrary library;
  private int dataRules;

  HttpModule(Bindings bindings) {
    this.bindings = bindings;
    connections = bindings.dissectors().tcpConnection();
    dissector = bindings.dissectors().http();
    library = new HttpLibrary(bindings);
  }

  /** Has connections to port 80 read as HTTP, and what is no HTTP refused. */
  void expect() {
    dissector.decide();
    connections.applications().expect(HttpDissector.PORT, HttpDissector.NAME);
  }

  LuaTable module(LuaTable module) {
    LuaTable functions = library.module();
    for (LuaValue name : functions.keys()) {
      module.rawset(name, functions.rawget(name));
    }
    Builtin.add(module, "dissect", this::dissect);
    Builtin.add(
        module,
        "detect",
        all -> {
          dissector.detect(connections);
          return LuaValue.NONE;
        });
    Builtin.add(
        module,
        "install_tcp_rule",
        all -> {
          connections.applications().expect(all.checkint(1), HttpDissector.NAME);
          return LuaValue.NONE;
        });
    return module;
  }

  private Varargs dissect(Varargs all) {
    if (!(all.arg1() instanceof FlowObject flow)) {
      throw Raised.plain("expected 'tcp_connection' got '" + all.arg1().typename() + "'");
    }
    flow.flow().setNextDissector(dissector.open(flow.flow()));
    return LuaValue.NONE;
  }

  LuaTable events() {
    HttpEvents events = dissector.events();
    NamedTable table = ProtocolEvents.table();
    add(table, "request", (c, s) -> events.request().add(onRequest(c)));
    add(table, "response", (c, s) -> events.response().add(onResponse(c)));
    add(table, "receive_data", (c, s) -> bind(events.receiveData(), c, s, true));
    add(table, "request_data", (c, s) -> bind(events.requestData(), c, s, false));
    add(table, "response_data", (c, s) -> bind(events.responseData(), c, s, false));
    add(table, "request_content", (c, s) -> events.requestData().add(content(c)));
    add(table, "response_content", (c, s) -> events.responseData().add(content(c)));
    add(table, "anomaly", (c, s) -> events.anomaly().add(onAnomaly(c)));
    add(table, "upgrade", (c, s) -> events.upgrade().add(onUpgrade(c)));
    ProtocolEvents.addSilent(table, HttpDissector.NAME, "receive_packet");
    ProtocolEvents.addSilent(table, HttpDissector.NAME, "send_packet");
    ProtocolEvents.addSilent(table, HttpDissector.NAME, "protocol_error");
    return table;
  }

  private static void add(LuaTable table, String event, EventObject.Binder binder) {
    ProtocolEvents.add(table, HttpDissector.NAME, event, binder);
  }

  private HttpListener.OnRequest onRequest(RuleCall call) {
    return (http, request) ->
        call.on(http.flow(), null, library.flow(http), library.message(request), LuaValue.NIL);
  }

  private HttpListener.OnResponse onResponse(RuleCall call) {
    return (http, response) ->
        call.on(http.flow(), null, library.flow(http), library.message(response), LuaValue.NIL);
  }

  private HttpListener.OnAnomaly onAnomaly(RuleCall call) {
    return (http, anomaly, direction) ->
        call.on(
            http.flow(),
            null,
            library.flow(http),
            LuaString.valueOf(anomaly.word()),
            FlowObject.nameOf(direction));
  }

  private HttpListener.OnUpgrade onUpgrade(RuleCall call) {
    return (http, protocol) ->
        call.on(http.flow(), null, library.flow(http), LuaString.valueOf(protocol), LuaValue.NIL);
  }

  private void bind(
      EventPoint<HttpListener.OnData> event, RuleCall call, boolean streamed, boolean both) {
    event.add(
        streamed
            ? new HttpStreamedRule(library, new StreamedBody(bindings, call, dataRules++), both)
            : new HttpDataRule(library, call, both));
  }

  private HttpListener.OnData content(RuleCall call) {
    return new HttpContentRule(library, call, dissector.settings(), dataRules++);
  }
}
