package dev.tiaki.netfilter.nftables.check;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The datatypes of nftables, by name. */
final class Datatypes {
  private static final Map<String, Datatype> BY_NAME = read();
  private static final Set<String> NO_KEYS =
      Set.of(
          "integer",
          "bitmask",
          "string",
          "verdict",
          "ct_label",
          "invalid",
          "helper",
          "mptcp_subtype");

  static final Datatype INTEGER = get("integer");
  static final Datatype BOOLEAN = get("boolean");
  static final Datatype IPV4 = get("ipv4_addr");
  static final Datatype IPV6 = get("ipv6_addr");
  static final Datatype SERVICE = get("inet_service");
  static final Datatype VERDICT = get("verdict");
  static final Datatype INVALID = get("invalid");
  static final Datatype DEVICE = get("iface_index");

  private Datatypes() {}

  private static Map<String, Datatype> read() {
    Map<String, Datatype> types = new LinkedHashMap<>();
    for (String[] row : Table.rows("datatypes.txt")) {
      Map<String, BigInteger> symbols = new LinkedHashMap<>();
      for (int i = 4; i < row.length; i++) {
        int equals = row[i].indexOf('=');
        symbols.put(row[i].substring(0, equals), new BigInteger(row[i].substring(equals + 1)));
      }
      Datatype type =
          new Datatype(
              row[0],
              Integer.parseInt(row[1]),
              Datatype.Base.valueOf(row[2].toUpperCase(Locale.ROOT)),
              Datatype.Names.valueOf(row[3].toUpperCase(Locale.ROOT)),
              symbols);
      types.put(row[0], type);
    }
    return types;
  }

  static Datatype get(String name) {
    Datatype type = BY_NAME.get(name);
    if (type == null) {
      throw new IllegalArgumentException("datatype=" + name);
    }
    return type;
  }

  static @Nullable Datatype find(String name) {
    return BY_NAME.get(name);
  }

  /** Returns the type of set keys with this name, or null. */
  static @Nullable Datatype key(String name) {
    return NO_KEYS.contains(name) ? null : BY_NAME.get(name);
  }

  /** Returns the type of values side by side; each is padded to 32 bits. */
  static Datatype concatenation(List<Typed> parts) {
    int bits = 0;
    StringBuilder name = new StringBuilder();
    for (Typed part : parts) {
      bits += (part.bits() + 31) / 32 * 32;
      name.append(name.isEmpty() ? "" : " . ").append(part.type().name());
    }
    return new Datatype(
        name.toString(), bits, Datatype.Base.CONCATENATION, Datatype.Names.NONE, Map.of());
  }
}
