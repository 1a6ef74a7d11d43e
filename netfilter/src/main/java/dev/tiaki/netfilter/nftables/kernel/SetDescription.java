package dev.tiaki.netfilter.nftables.kernel;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of a set.
 *
 * @param family of the table
 * @param table the table's name
 * @param name of the set
 * @param flags {@code NFT_SET_*}
 * @param layout of its keys
 * @param data of what type its values are, or null
 */
record SetDescription(
    NftFamily family,
    String table,
    String name,
    int flags,
    KeyLayout layout,
    @Nullable DataType data) {
  private static final int FLAGS = 3;
  private static final int KEY_TYPE = 4;
  private static final int KEY_LENGTH = 5;
  private static final int DATA_TYPE = 6;
  private static final int INTERVAL = 4;
  private static final int CONCATENATION = 0x80;

  static SetDescription read(
      NftFamily family, String table, String name, AttributeCursor attributes) {
    int flags = 0;
    long keyType = 0;
    int keyBytes = 0;
    int data = 0;
    while (attributes.next()) {
      switch (attributes.type()) {
        case FLAGS -> flags = attributes.intNumber();
        case KEY_TYPE -> keyType = attributes.number();
        case KEY_LENGTH -> keyBytes = attributes.intNumber();
        case DATA_TYPE -> data = attributes.intNumber();
        default -> {} // size, timeout and the like do not change how elements look
      }
    }
    KeyLayout layout = KeyLayout.of(keyType, keyBytes, (flags & INTERVAL) != 0);
    return new SetDescription(family, table, name, flags, layout, DataType.of(data));
  }

  /** Tells whether its elements are intervals of one field, each with an element for its end. */
  boolean isSimpleInterval() {
    return (flags & INTERVAL) != 0 && (flags & CONCATENATION) == 0;
  }

  /** Tells whether its elements are intervals of several fields, with both keys in one element. */
  boolean isConcatenatedInterval() {
    return (flags & INTERVAL) != 0 && (flags & CONCATENATION) != 0;
  }

  @Override
  public String toString() {
    return "set " + family.word() + " " + table + " " + name;
  }
}
