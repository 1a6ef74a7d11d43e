package dev.tiaki.netfilter.nftables.check;

import org.jspecify.annotations.Nullable;

/**
 * A place in a document, written out only when it is needed.
 *
 * @param parent the place around it, or null at the top
 * @param key the property, or null for an item of an array
 * @param index the item, when there is no key
 */
public record Pointer(@Nullable Pointer parent, @Nullable String key, int index) {
  /** The whole document. */
  public static final Pointer ROOT = new Pointer(null, null, 0);

  /** Returns the place of a property. */
  public Pointer at(String property) {
    return new Pointer(this, property, 0);
  }

  /** Returns the place of an item. */
  public Pointer at(int item) {
    return new Pointer(this, null, item);
  }

  /** Returns the place as a JSON pointer (RFC 6901). */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text);
    return text.toString();
  }

  private void append(StringBuilder text) {
    if (parent == null) {
      return;
    }
    parent.append(text);
    text.append('/');
    if (key == null) {
      text.append(index);
    } else {
      text.append(key.replace("~", "~0").replace("/", "~1"));
    }
  }
}
