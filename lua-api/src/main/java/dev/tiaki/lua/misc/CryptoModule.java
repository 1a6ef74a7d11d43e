package dev.tiaki.lua.misc;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.util.Base64;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code misc/crypto}: base64. */
public final class CryptoModule {
  private CryptoModule() {}

  /** Makes the module's table. */
  public static LuaTable create() {
    LuaTable base64 = new LuaTable();
    Builtin.add(base64, "encode", CryptoModule::encode);
    Builtin.add(base64, "decode", CryptoModule::decode);
    LuaTable module = new LuaTable();
    module.rawset("base64", base64);
    return module;
  }

  private static LuaValue encode(Varargs all) {
    return LuaString.valueUsing(Base64.getEncoder().encode(ByteText.copyOf(all.checkstring(1))));
  }

  private static LuaValue decode(Varargs all) {
    try {
      return LuaString.valueUsing(Base64.getDecoder().decode(ByteText.copyOf(all.checkstring(1))));
    } catch (IllegalArgumentException notBase64) {
      throw Raised.plain("openssl error");
    }
  }
}
