package dev.tiaki.lua.http;

import dev.tiaki.dissector.http.HttpHeader;
import dev.tiaki.dissector.http.HttpHeaders;
import dev.tiaki.dissector.http.HttpText;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The headers of a message: by name, whatever its case, the value of the first; by number, the
 * header itself.
 */
final class HeadersObject extends LuaTable {
  private final HttpLibrary library;
  private final HttpHeaders headers;

  HeadersObject(HttpLibrary library, HttpHeaders headers) {
    this.library = library;
    this.headers = headers;
    setmetatable(library.headersClass);
  }

  static void addTo(LuaTable natives) {
    Builtin.add(natives, "header_pairs", HeadersObject::pairs);
    Builtin.add(natives, "header_append", HeadersObject::append);
    Builtin.add(natives, "header_remove", HeadersObject::remove);
  }

  private static HeadersObject self(Varargs all) {
    if (all.arg1() instanceof HeadersObject self) {
      return self;
    }
    throw Raised.plain("expected headers, got '" + all.arg1().typename() + "'");
  }

  private static Varargs pairs(Varargs all) {
    List<HttpHeader> list = self(all).headers.all();
    int[] next = {0};
    Builtin step =
        Builtin.of(
            "next",
            ignored -> {
              if (next[0] >= list.size()) {
                return NIL;
              }
              HttpHeader header = list.get(next[0]++);
              return varargsOf(
                  MessageObject.text(header.name()), MessageObject.text(header.value()));
            });
    return varargsOf(step, all.arg1(), NIL);
  }

  private static Varargs append(Varargs all) {
    LuaValue init = all.arg(2);
    LuaString name = LuaString.valueOf("name");
    self(all).add(init.get(name), init.get("value"));
    return NONE;
  }

  private static Varargs remove(Varargs all) {
    HeadersObject self = self(all);
    self.library.requireWritable();
    int index = all.checkint(2);
    if (index < 1 || index > self.headers.all().size()) {
      throw Raised.plain("no header number " + index);
    }
    if (self.library.allowsEdits()) {
      self.headers.remove(self.headers.all().get(index - 1));
    }
    return NONE;
  }

  private void add(LuaValue name, LuaValue value) {
    library.requireWritable();
    byte[] nameBytes = MessageObject.bytes(name);
    byte[] valueBytes = MessageObject.bytes(value);
    if (library.allowsEdits()) {
      headers.add(nameBytes, valueBytes);
    }
  }

  @Override
  public LuaValue get(LuaValue key) {
    if (key instanceof LuaString name) {
      HttpText value = headers.get(ByteText.of(name));
      return value == null ? super.get(key) : MessageObject.text(value);
    }
    return rawget(key);
  }

  @Override
  public LuaValue rawget(LuaValue key) {
    return key.isint() && !(key instanceof LuaString) ? rawget(key.toint()) : super.rawget(key);
  }

  @Override
  public LuaValue get(int key) {
    return rawget(key);
  }

  @Override
  public LuaValue rawget(int key) {
    List<HttpHeader> list = headers.all();
    return key < 1 || key > list.size()
        ? NIL
        : HeaderObject.of(library, headers, list.get(key - 1));
  }

  @Override
  public int length() {
    return headers.all().size();
  }

  @Override
  public LuaValue len() {
    return valueOf(length());
  }

  @Override
  public int rawlen() {
    return length();
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    library.requireWritable();
    if (!(key instanceof LuaString name)) {
      throw Raised.plain("expected the name of a header, got '" + key.typename() + "'");
    }
    if (!library.allowsEdits()) {
      return;
    }
    if (value.isnil()) {
      headers.remove(ByteText.of(name));
      return;
    }
    byte[] bytes = MessageObject.bytes(value);
    headers.set(ByteText.copyOf(name), bytes);
  }
}
