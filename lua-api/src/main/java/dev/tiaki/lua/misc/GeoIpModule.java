package dev.tiaki.lua.misc;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import dev.tiaki.lua.binding.AddressValue;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code misc/geoip}: the country of an address, from a database in MaxMind's format. */
public final class GeoIpModule {
  private GeoIpModule() {}

  /** Makes the module's table. */
  public static LuaTable create() {
    LuaTable methods = new LuaTable();
    Builtin.add(methods, "country", GeoIpModule::country);
    LuaTable metatable = new LuaTable();
    metatable.rawset("__index", methods);
    LuaTable module = new LuaTable();
    Builtin.add(module, "open", all -> open(all.checkjstring(1), metatable));
    return module;
  }

  /** An open database. */
  private static final class Database extends LuaTable {
    private final Reader reader;

    Database(Reader reader, LuaTable metatable) {
      this.reader = reader;
      setmetatable(metatable);
    }
  }

  private static LuaValue open(String file, LuaTable metatable) {
    try {
      return new Database(new Reader(new File(file), new CHMCache()), metatable);
    } catch (IOException | RuntimeException unreadable) {
      throw Raised.plain("cannot initialize geoip");
    }
  }

  private static LuaValue country(Varargs all) {
    if (!(all.arg1() instanceof Database database)) {
      throw Raised.plain("expected 'geoip_handle' got '" + all.arg1().typename() + "'");
    }
    if (!(all.arg(2) instanceof AddressValue address)) {
      throw Raised.plain("expected 'addr' got '" + all.arg(2).typename() + "'");
    }
    try {
      InetAddress wanted = InetAddress.getByAddress(address.address().toByteArray());
      Map<?, ?> found = database.reader.get(wanted, Map.class);
      Object country = found == null ? null : found.get("country");
      Object code = country instanceof Map<?, ?> map ? map.get("iso_code") : null;
      return code == null ? LuaValue.NIL : LuaValue.valueOf(code.toString());
    } catch (IOException | IllegalArgumentException notThere) {
      return LuaValue.NIL; // such as an IPv6 address in a database of IPv4
    }
  }
}
