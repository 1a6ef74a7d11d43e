package dev.tiaki.lua.http;

import dev.tiaki.dissector.http.HttpCookies;
import dev.tiaki.dissector.http.HttpUri;
import dev.tiaki.dissector.http.UriPart;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Request targets and cookies as tables whose fields rules may change. */
final class UriFunctions {
  private UriFunctions() {}

  static void addTo(LuaTable natives) {
    Builtin.add(natives, "split_uri", UriFunctions::split);
    Builtin.add(natives, "normalize_uri", UriFunctions::normalize);
    Builtin.add(natives, "join_uri", all -> ByteText.bytesOf(read(all).toString()));
    Builtin.add(natives, "split_cookies", UriFunctions::splitCookies);
  }

  private static Varargs split(Varargs all) {
    HttpUri uri = HttpUri.split(ByteText.of(all.checkstring(2)));
    write(uri, all.checktable(1));
    return LuaValue.NONE;
  }

  private static Varargs normalize(Varargs all) {
    HttpUri uri = read(all);
    uri.normalize();
    write(uri, all.checktable(1));
    return LuaValue.NONE;
  }

  private static void write(HttpUri uri, LuaTable to) {
    for (UriPart part : UriPart.values()) {
      String text = uri.get(part);
      to.rawset(part.word(), text == null ? LuaValue.NIL : ByteText.bytesOf(text));
    }
    if (uri.get(UriPart.QUERY) != null) {
      LuaTable args = new LuaTable();
      uri.args()
          .forEach((name, value) ->
              args.rawset(
                  ByteText.bytesOf(name), value == null ? LuaValue.TRUE : ByteText.bytesOf(value)));
      to.rawset("args", args);
    }
  }

  private static HttpUri read(Varargs all) {
    LuaTable from = all.checktable(1);
    HttpUri uri = new HttpUri();
    for (UriPart part : UriPart.values()) {
      LuaValue value = from.rawget(part.word());
      uri.set(part, value.isstring() ? ByteText.of(value.checkstring()) : null);
    }
    LuaValue args = from.rawget("args");
    if (args instanceof LuaTable table) {
      readArguments(table, uri);
    }
    return uri;
  }

  /** As the query has them first, then those that a rule added. */
  private static void readArguments(LuaTable args, HttpUri uri) {
    String query = uri.get(UriPart.QUERY);
    if (query != null) {
      HttpUri.split("?" + query)
          .args()
          .keySet()
          .forEach(name -> readArgument(args, ByteText.bytesOf(name), uri));
    }
    for (LuaValue name : args.keys()) {
      readArgument(args, name, uri);
    }
  }

  private static void readArgument(LuaTable args, LuaValue name, HttpUri uri) {
    LuaValue value = args.rawget(name);
    if (!value.isnil()) {
      String text = value.isstring() ? ByteText.of(value.checkstring()) : null;
      uri.args().put(ByteText.of(name.tostring().checkstring()), text);
    }
  }

  private static Varargs splitCookies(Varargs all) {
    LuaTable to = all.checktable(1);
    if (!all.arg(2).isnil()) {
      HttpCookies.split(ByteText.of(all.checkstring(2)))
          .forEach((name, value) -> to.rawset(ByteText.bytesOf(name), ByteText.bytesOf(value)));
    }
    return LuaValue.NONE;
  }
}
