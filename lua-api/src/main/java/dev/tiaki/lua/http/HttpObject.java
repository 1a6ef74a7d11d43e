package dev.tiaki.lua.http;

import dev.tiaki.dissector.http.HttpFlow;
import dev.tiaki.dissector.http.HttpMessage;
import dev.tiaki.dissector.http.HttpText;
import dev.tiaki.lua.binding.AttributeNames;
import dev.tiaki.lua.binding.ProtocolObject;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** HTTP on one connection as Lua sees it. */
public final class HttpObject extends ProtocolObject {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of("request", "response", "state", "name", "protocol");
  private static final int REQUEST = 0;
  private static final int RESPONSE = 1;
  private static final int STATE = 2;
  private static final int NAME = 3;
  private static final LuaString TYPE = LuaString.valueOf("http");

  private final HttpLibrary library;
  private final HttpFlow http;

  HttpObject(HttpLibrary library, HttpFlow http) {
    super(library.bindings(), http.flow(), ATTRIBUTES);
    this.library = library;
    this.http = http;
  }

  @Override
  protected void enableDataModification() {
    http.enableDataModification();
  }

  @Override
  protected LuaValue read(int attribute) {
    return switch (attribute) {
      case REQUEST -> message(http.request());
      case RESPONSE -> message(http.response());
      case STATE -> LuaString.valueOf(http.state());
      case NAME -> TYPE;
      default -> protocol();
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
