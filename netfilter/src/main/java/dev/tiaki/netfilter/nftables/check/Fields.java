package dev.tiaki.netfilter.nftables.check;

import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields of headers and keys of selectors, with their types. */
final class Fields {
  /**
   * One of them.
   *
   * @param type of its values
   * @param bits how long they are
   * @param since the first release that has it
   */
  record Field(Datatype type, int bits, NftVersion since) {}

  private static final Map<String, Field> BY_NAME = new HashMap<>();
  private static final Set<String> HEADERS = new HashSet<>();

  static {
    for (String[] row : Table.rows("headers.txt")) {
      add(row[0] + " " + row[1] + " " + row[2], row[3], row[4], row.length > 5 ? row[5] : "1.0.6");
      HEADERS.add(row[0].replace('_', ' ') + " " + row[1]);
    }
    for (String[] row : Table.rows("selectors.txt")) {
      add(row[0] + " " + row[1], row[2], row[3], "1.0.6");
    }
  }

  private Fields() {}

  private static void add(String name, String type, String bits, String since) {
    Field field = new Field(Datatypes.get(type), Integer.parseInt(bits), NftVersion.of(since));
    BY_NAME.put(name.replace('_', ' '), field);
  }

  /** Returns the field of a header: kind {@code payload}, {@code exthdr}, {@code tcp option}, …. */
  static @Nullable Field header(String kind, String header, String field) {
    return BY_NAME.get(kind + " " + header + " " + field);
  }

  static boolean isHeader(String kind, String header) {
    return HEADERS.contains(kind + " " + header);
  }

  /** Returns the key of a selector: kind {@code meta}, {@code ct}, …. */
  static Typed key(String kind, String key) {
    Field field = BY_NAME.get(kind + " " + key);
    if (field == null) {
      throw new IllegalArgumentException("key=" + kind + " " + key);
    }
    return Typed.runtime(field.type(), field.bits());
  }
}
