package dev.tiaki.lua.http;

import dev.tiaki.dissector.http.HttpHeader;
import dev.tiaki.dissector.http.HttpHeaders;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** One header: a table of {@code name} and {@code value}, both of which can be set. */
final class HeaderObject extends LuaTable {
  private static final LuaString NAME = LuaString.valueOf("name");
  private static final LuaString VALUE = LuaString.valueOf("value");

  private final HttpLibrary library;
  private final HttpHeaders headers;
  private final HttpHeader header;

  private HeaderObject(HttpLibrary library, HttpHeaders headers, HttpHeader header) {
    this.library = library;
    this.headers = headers;
    this.header = header;
  }

  static HeaderObject of(HttpLibrary library, HttpHeaders headers, HttpHeader header) {
    if (header.scriptData() instanceof HeaderObject known) {
      return known;
    }
    HeaderObject made = new HeaderObject(library, headers, header);
    header.setScriptData(made);
    return made;
  }

  @Override
  public LuaValue get(LuaValue key) {
    return rawget(key);
  }

  @Override
  public LuaValue rawget(LuaValue key) {
    if (NAME.raweq(key)) {
      return MessageObject.text(header.name());
    }
    return VALUE.raweq(key) ? MessageObject.text(header.value()) : super.rawget(key);
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    boolean name = NAME.raweq(key);
    if (!name && !VALUE.raweq(key)) {
      super.set(key, value);
      return;
    }
    library.requireWritable();
    byte[] bytes = MessageObject.bytes(value);
    if (library.allowsEdits()) {
      headers.edit(header, name, bytes);
    }
  }
}
