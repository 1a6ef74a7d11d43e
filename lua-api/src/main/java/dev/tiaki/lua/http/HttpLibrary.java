package dev.tiaki.lua.http;

import dev.tiaki.dissector.http.HttpFlow;
import dev.tiaki.dissector.http.HttpMessage;
import dev.tiaki.dissector.http.HttpRequest;
import dev.tiaki.engine.buffer.BufferException;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.lua.binding.Bindings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** HTTP in one Lua state: the classes of its objects, and the objects of what the engine has. */
public final class HttpLibrary {
  private static final String FILE = "http.lua";

  private final Bindings bindings;
  private final LuaTable module;
  final LuaValue requestClass;
  final LuaValue responseClass;
  final LuaValue headersClass;
  final LuaTable requestProperties = MessageObject.properties(MessageObject.REQUEST);
  final LuaTable responseProperties = MessageObject.properties(MessageObject.RESPONSE);

  /** Loads the classes into the state. */
  public HttpLibrary(Bindings bindings) {
    this.bindings = bindings;
    LuaTable natives = new LuaTable();
    UriFunctions.addTo(natives);
    HeadersObject.addTo(natives);
    LuaTable loaded = load(bindings, natives).checktable();
    module = loaded.get("module").checktable();
    requestClass = loaded.get("HttpRequestResult");
    responseClass = loaded.get("HttpResponseResult");
    headersClass = loaded.get("HeaderResult");
  }

  private static LuaValue load(Bindings bindings, LuaTable natives) {
    try (InputStream source = HttpLibrary.class.getResourceAsStream(FILE)) {
      if (source == null) {
        throw new IllegalStateException("resource missing: " + FILE);
      }
      return bindings.runtime().load(source.readAllBytes(), "=" + FILE).call(natives);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the module's functions {@code uri} and {@code cookies}. */
  public LuaTable module() {
    return module;
  }

  Bindings bindings() {
    return bindings;
  }

  /** Returns the object of HTTP on a connection, always the same one. */
  public HttpObject flow(HttpFlow of) {
    if (of.scriptData() instanceof HttpObject known) {
      return known;
    }
    HttpObject made = new HttpObject(this, of);
    of.setScriptData(made);
    return made;
  }

  /** Returns the object of a message, always the same one. */
  public LuaTable message(HttpMessage of) {
    if (of.scriptData() instanceof MessageObject known) {
      return known;
    }
    MessageObject made = new MessageObject(this, of, of instanceof HttpRequest);
    of.setScriptData(made);
    return made;
  }

  /** Returns a range of a body. */
  public LuaValue sub(SubBuffer range) {
    return bindings.sub(range);
  }

  /** Returns an iterator whose methods wait for data. */
  public LuaValue blockingIterator(BufferIterator at) {
    return bindings.blockingIterator(at);
  }

  /** Tells whether the rule that runs may edit messages; it is reported when not. */
  boolean allowsEdits() {
    return bindings.allows("edit the message");
  }

  /** Refuses to change a message where only looking is allowed. */
  void requireWritable() {
    if (bindings.context().mode().readOnlyBuffers()) {
      throw BufferException.readOnly();
    }
  }
}
