package dev.tiaki.lua.http;

import dev.tiaki.dissector.http.HttpMessage;
import dev.tiaki.dissector.http.HttpRequest;
import dev.tiaki.dissector.http.HttpResponse;
import dev.tiaki.dissector.http.HttpText;
import dev.tiaki.lua.binding.AttributeNames;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A request or a response as Lua sees it: an instance of a class, with the parts of the first line
 * as properties and the headers as a field. What a rule assigns to any other name stays in it.
 */
final class MessageObject extends LuaTable {
  static final AttributeNames REQUEST = AttributeNames.of("version", "method", "uri");
  static final AttributeNames RESPONSE = AttributeNames.of("version", "status", "reason");
  private static final int VERSION = 0;
  private static final int FIRST = 1;
  private static final LuaString HEADERS = LuaString.valueOf("headers");
  private static final LuaString PROPERTIES = LuaString.valueOf("__property");

  private final HttpLibrary library;
  private final HttpMessage message;
  private final boolean request;

  MessageObject(HttpLibrary library, HttpMessage message, boolean request) {
    this.library = library;
    this.message = message;
    this.request = request;
    setmetatable(request ? library.requestClass : library.responseClass);
  }

  /** Returns the accessors that the class system finds in an instance. */
  static LuaTable properties(AttributeNames names) {
    LuaTable properties = new LuaTable();
    for (int i = 0; i < names.size(); i++) {
      LuaString key = LuaString.valueOf(names.name(i));
      LuaTable accessors = new LuaTable();
      Builtin.add(accessors, "get", all -> all.arg1().get(key));
      Builtin.add(accessors, "set", all -> assign(all, key));
      properties.rawset(key, accessors);
    }
    return properties;
  }

  private static Varargs assign(Varargs all, LuaString key) {
    all.arg1().set(key, all.arg(2));
    return NONE;
  }

  private AttributeNames names() {
    return request ? REQUEST : RESPONSE;
  }

  @Override
  public LuaValue get(LuaValue key) {
    int attribute = names().indexOf(key);
    if (attribute >= 0) {
      return text(part(attribute));
    }
    return HEADERS.raweq(key) ? headers() : super.get(key);
  }

  private LuaValue headers() {
    LuaValue known = super.rawget(HEADERS);
    if (known.isnil()) {
      known = new HeadersObject(library, message.headers());
      rawset(HEADERS, known);
    }
    return known;
  }

  private HttpText part(int attribute) {
    if (attribute == VERSION) {
      return message.version();
    }
    return switch (message) {
      case HttpRequest known -> attribute == FIRST ? known.method() : known.uri();
      case HttpResponse known -> attribute == FIRST ? known.status() : known.reason();
    };
  }

  static LuaValue text(HttpText text) {
    return LuaString.valueUsing(text.array(), text.offset(), text.length());
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    int attribute = names().indexOf(key);
    if (attribute >= 0) {
      library.requireWritable();
      byte[] bytes = bytes(value);
      if (library.allowsEdits()) {
        write(attribute, bytes);
      }
    } else {
      super.set(key, value);
    }
  }

  private void write(int attribute, byte[] bytes) {
    if (attribute == VERSION) {
      message.setVersion(bytes);
    } else {
      writePart(attribute == FIRST, bytes);
    }
  }

  private void writePart(boolean first, byte[] bytes) {
    switch (message) {
      case HttpRequest known when first -> known.setMethod(bytes);
      case HttpRequest known -> known.setUri(bytes);
      case HttpResponse known when first -> known.setStatus(bytes);
      case HttpResponse known -> known.setReason(bytes);
    }
  }

  /** Returns the bytes of a string or number. */
  static byte[] bytes(LuaValue value) {
    if (!value.isstring()) {
      throw Raised.plain("expected 'string' got '" + value.typename() + "'");
    }
    return ByteText.copyOf(value.checkstring());
  }

  @Override
  public LuaValue rawget(LuaValue key) {
    if (PROPERTIES.raweq(key)) {
      return request ? library.requestProperties : library.responseProperties;
    }
    return super.rawget(key);
  }

  @Override
  public Varargs next(LuaValue key) {
    headers();
    return super.next(key);
  }
}
