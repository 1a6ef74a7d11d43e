package dev.tiaki.netfilter.nftables.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * How the key of a set is laid out: its fields one after the other, each filled up to a multiple of
 * four octets when there are several. A key whose types nft did not tell is one field of octets.
 */
public final class KeyLayout {
  private static final int TYPE_BITS = 6;
  private static final int ALIGNMENT = 4;

  private final List<DataType> types;
  private final int bytes;
  private final boolean isOrdered;

  private KeyLayout(List<DataType> types, int bytes, boolean isOrdered) {
    this.types = List.copyOf(types);
    this.bytes = bytes;
    this.isOrdered = isOrdered;
  }

  /** Reads {@code NFTA_SET_KEY_TYPE}, which has the number of each type in six bits. */
  static KeyLayout of(long number, int bytes, boolean isOrdered) {
    List<DataType> types = new ArrayList<>();
    for (long rest = number; rest != 0; rest >>>= TYPE_BITS) {
      DataType type = DataType.of((int) rest & ((1 << TYPE_BITS) - 1));
      if (type == null) {
        return new KeyLayout(List.of(), bytes, isOrdered);
      }
      types.addFirst(type);
    }
    KeyLayout layout = new KeyLayout(types, bytes, isOrdered);
    return layout.length() == bytes ? layout : new KeyLayout(List.of(), bytes, isOrdered);
  }

  private int length() {
    return types.size() == 1
        ? types.getFirst().bytes()
        : types.stream().mapToInt(type -> aligned(type.bytes())).sum();
  }

  private static int aligned(int length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** Returns the types of the fields; none where they are not known. */
  public List<DataType> types() {
    return types;
  }

  /**
   * Returns the octets of a key.
   *
   * @throws IllegalArgumentException when the values do not fit the types
   */
  byte[] encode(List<?> values) {
    if (values.size() == 1 && values.getFirst() instanceof byte[] raw && raw.length == bytes) {
      return raw;
    }
    if (values.size() != types.size()) {
      throw new IllegalArgumentException(
          "a key of this set is "
              + (types.isEmpty() ? bytes + " octets" : types)
              + ", not "
              + values);
    }
    if (types.size() == 1) {
      return types.getFirst().encode(values.getFirst(), isOrdered);
    }
    byte[] key = new byte[bytes];
    int at = 0;
    for (int i = 0; i < types.size(); i++) {
      byte[] field = types.get(i).encode(values.get(i), isOrdered);
      System.arraycopy(field, 0, key, at, field.length);
      at += aligned(field.length);
    }
    return key;
  }

  /**
   * Returns the values of a key: addresses, texts and {@link Long}s; octets as hexadecimal text.
   */
  List<Object> decode(byte[] key) {
    if (types.isEmpty() || key.length < bytes) {
      return List.of(HexFormat.of().formatHex(key));
    }
    List<Object> values = new ArrayList<>();
    int at = 0;
    for (DataType type : types) {
      values.add(type.decode(Arrays.copyOfRange(key, at, at + type.bytes()), isOrdered));
      at += aligned(type.bytes());
    }
    return values;
  }
}
