package dev.tiaki.lua.http;

import dev.tiaki.dissector.http.HttpFlow;
import dev.tiaki.dissector.http.HttpMessage;
import dev.tiaki.dissector.http.HttpText;
import dev.tiaki.dissector.tcpconnection.TcpFlow;
import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.binding.AttributeNames;
import dev.tiaki.lua.binding.Emitter;
import dev.tiaki.lua.binding.FlowObject;
import dev.tiaki.lua.binding.Members;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * HTTP on one connection as Lua sees it. What it does not know itself is asked of the connection;
 * what a rule assigns stays in it.
 */
public final class HttpObject extends LuaTable implements Emitter, Members {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of("request", "response", "state", "name", "flow", "connection", "protocol");
  private static final int REQUEST = 0;
  private static final int RESPONSE = 1;
  private static final int STATE = 2;
  private static final int NAME = 3;
  private static final int PROTOCOL = 6;
  private static final LuaString TYPE = LuaString.valueOf("http");

  private final HttpLibrary library;
  private final HttpFlow http;

  HttpObject(HttpLibrary library, HttpFlow http) {
    this.library = library;
    this.http = http;
  }

  static LuaTable methods() {
    LuaTable methods = new LuaTable();
    action(methods, "enable_data_modification", HttpObject::enableDataModification);
    verdict(methods, "drop", "drop the connection", TcpFlow::drop);
    verdict(methods, "reset", "reset the connection", TcpFlow::reset);
    verdict(methods, "halfreset", "reset the server's side", TcpFlow::halfReset);
    verdict(methods, "bypass", "bypass the connection", TcpFlow::bypass);
    verdict(methods, "error", "drop the connection", TcpFlow::drop);
    action(methods, "continue", HttpObject::continueOrAbort);
    Builtin.add(methods, "can_continue", all -> valueOf(self(all).canContinue()));
    return methods;
  }

  private static void verdict(LuaTable methods, String name, String words, Consumer<TcpFlow> body) {
    action(
        methods,
        name,
        self -> {
          if (self.library.bindings().allows(words)) {
            body.accept(self.http.flow());
          }
        });
  }

  private static void action(LuaTable methods, String name, Consumer<HttpObject> body) {
    Builtin.add(
        methods,
        name,
        all -> {
          body.accept(self(all));
          return NONE;
        });
  }

  private static HttpObject self(Varargs all) {
    if (all.arg1() instanceof HttpObject self) {
      return self;
    }
    throw Raised.plain("expected 'http' got '" + all.arg1().typename() + "'");
  }

  private void enableDataModification() {
    library.requireWritable();
    http.enableDataModification();
  }

  private void continueOrAbort() {
    if (!canContinue()) {
      throw RuleAbort.instance();
    }
  }

  /** Returns HTTP on the connection. */
  public HttpFlow http() {
    return http;
  }

  @Override
  public boolean canContinue() {
    return http.flow().canContinue();
  }

  private FlowObject flow() {
    return library.bindings().packets().flow(http.flow());
  }

  @Override
  public List<String> memberNames() {
    List<String> names = AttributeNames.with(ATTRIBUTES, library.methods());
    names.addAll(flow().memberNames());
    return names;
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue own = rawget(key);
    if (!own.isnil()) {
      return own;
    }
    int attribute = ATTRIBUTES.indexOf(key);
    LuaValue value = attribute >= 0 ? read(attribute) : library.methods().rawget(key);
    return value.isnil() ? flow().get(key) : value;
  }

  private LuaValue read(int attribute) {
    return switch (attribute) {
      case REQUEST -> message(http.request());
      case RESPONSE -> message(http.response());
      case STATE -> LuaString.valueOf(http.state());
      case NAME -> TYPE;
      case PROTOCOL -> protocol();
      default -> flow();
    };
  }

  private LuaValue protocol() {
    String changed = http.tunnelProtocol();
    return changed == null ? TYPE : MessageObject.text(HttpText.of(changed));
  }

  private LuaValue message(@Nullable HttpMessage message) {
    return message == null ? NIL : library.message(message);
  }
}
