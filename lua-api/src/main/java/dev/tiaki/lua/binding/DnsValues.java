package dev.tiaki.lua.binding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.dissector.dns.DnsName;
import dev.tiaki.dissector.dns.DnsOption;
import dev.tiaki.dissector.dns.DnsTypes;
import dev.tiaki.dissector.dns.FieldKind;
import dev.tiaki.engine.address.IpAddress;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.ByteText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The values of DNS records as Lua has them, and back. */
final class DnsValues {
  /** The types that Haka has names for, up to this one and AAAA. */
  private static final int LAST_OF_HAKA = 16;

  private DnsValues() {}

  /** Returns the mnemonic of a type, or its number when it has none, or Haka knew none. */
  static LuaValue type(Bindings bindings, int type) {
    boolean haka = bindings.context().mode().hakaCompatible();
    String name = haka && type > LAST_OF_HAKA && type != DnsTypes.AAAA ? null : DnsTypes.name(type);
    return name == null ? LuaValue.valueOf(type) : LuaString.valueOf(name);
  }

  /** Returns the number of a type that is given by its mnemonic or number. */
  static int typeNumber(LuaValue value) {
    if (value.type() == LuaValue.TNUMBER) {
      return Arg.unsignedInt(value);
    }
    int number = DnsTypes.number(value.tojstring());
    if (number < 0) {
      throw Raised.plain("unknown type: " + value.tojstring());
    }
    return number;
  }

  static DnsName name(LuaValue value) {
    return DnsName.parse(new String(octets(value), ISO_8859_1));
  }

  private static byte[] octets(LuaValue value) {
    if (!value.isstring()) {
      throw Raised.plain("expected 'string' got '" + value.typename() + "'");
    }
    return ByteText.copyOf(value.strvalue());
  }

  /** Returns the Lua value of a field. */
  static LuaValue toLua(Bindings bindings, FieldKind kind, Object value) {
    return switch (kind) {
      case U8, U16, U32 -> Arg.count((Long) value);
      case TYPE -> type(bindings, (int) (long) (Long) value);
      case NAME, PLAIN_NAME -> LuaValue.valueOf(value.toString());
      case IPV4, IPV6 -> bindings.address((IpAddress) value);
      case TEXT, BYTES -> LuaString.valueOf((byte[]) value);
      case TYPES -> types(bindings, (List<?>) value);
      case OPTIONS -> options((List<?>) value);
    };
  }

  private static LuaTable types(Bindings bindings, List<?> types) {
    LuaTable table = new LuaTable();
    for (Object type : types) {
      table.rawset(table.rawlen() + 1, type(bindings, (Integer) type));
    }
    return table;
  }

  private static LuaTable options(List<?> options) {
    LuaTable table = new LuaTable();
    for (Object each : options) {
      DnsOption option = (DnsOption) each;
      LuaTable entry = new LuaTable();
      entry.rawset("code", option.code());
      entry.rawset("data", LuaString.valueOf(option.data()));
      table.rawset(table.rawlen() + 1, entry);
    }
    return table;
  }

  /** Returns what a rule assigns to a field. */
  static Object toJava(FieldKind kind, LuaValue value) {
    return switch (kind) {
      case U8, U16, U32 -> Arg.unsigned(value);
      case TYPE -> (long) typeNumber(value);
      case NAME, PLAIN_NAME -> name(value);
      case IPV4, IPV6 -> IpValue.assigned(value);
      case TEXT, BYTES -> octets(value);
      case TYPES -> {
        List<Integer> types = new ArrayList<>();
        each(value, entry -> types.add(typeNumber(entry) & 0xffff));
        yield List.copyOf(types);
      }
      case OPTIONS -> {
        List<DnsOption> options = new ArrayList<>();
        each(
            value,
            entry ->
                options.add(
                    new DnsOption(
                        Arg.unsignedInt(entry.get("code")) & 0xffff, octets(entry.get("data")))));
        yield List.copyOf(options);
      }
    };
  }

  private static void each(LuaValue table, java.util.function.Consumer<LuaValue> action) {
    if (!table.istable()) {
      throw Raised.plain("expected 'table' got '" + table.typename() + "'");
    }
    for (int i = 1; i <= table.length(); i++) {
      action.accept(table.get(i));
    }
  }

  /** Returns the strings that the data of a TXT record consists of, null when it does not fit. */
  static @Nullable LuaTable strings(byte[] data) {
    LuaTable table = new LuaTable();
    for (int at = 0; at < data.length; at += 1 + (data[at] & 0xff)) {
      int length = data[at] & 0xff;
      if (at + 1 + length > data.length) {
        return null;
      }
      table.rawset(
          table.rawlen() + 1, LuaString.valueOf(Arrays.copyOfRange(data, at + 1, at + 1 + length)));
    }
    return table;
  }
}
