package dev.tiaki.netfilter.nftables.kernel;

import dev.tiaki.netfilter.netlink.AttributeCursor;
import dev.tiaki.netfilter.netlink.MessageWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Elements as attributes, {@code enum nft_set_elem_attributes}.
 *
 * <pre>
 *  LIST_ELEM 1 { KEY 1 { VALUE 1 } DATA 2 { VALUE 1 | VERDICT 2 { CODE 1, CHAIN 2 } } FLAGS 3,
 *                TIMEOUT 4 ms, EXPIRATION 5 ms, USERDATA 6, OBJREF 9, KEY_END 10 { VALUE 1 } }
 * </pre>
 */
final class ElementCodec {
  static final int KEY = 1;
  static final int KEY_END = 10;
  static final int LIST_ELEMENT = 1;

  private static final int DATA = 2;
  private static final int FLAGS = 3;
  private static final int TIMEOUT = 4;
  private static final int EXPIRATION = 5;
  private static final int USER_DATA = 6;
  private static final int OBJECT = 9;
  private static final int VALUE = 1;
  private static final int VERDICT = 2;
  private static final int VERDICT_CODE = 1;
  private static final int VERDICT_CHAIN = 2;
  private static final int INTERVAL_END = 1;
  private static final int COMMENT = 0;
  private static final int MAX_COMMENT_BYTES = 128;

  private final SetDescription set;

  ElementCodec(SetDescription set) {
    this.set = set;
  }

  /** Writes an element; one of a simple interval as its beginning and its end. */
  void write(MessageWriter writer, SetElement element, boolean isKeyOnly) {
    byte[] key = set.layout().encode(element.key());
    byte[] last = element.end() == null ? key : set.layout().encode(element.end());
    if (element.end() != null && !set.isSimpleInterval() && !set.isConcatenatedInterval()) {
      throw new IllegalArgumentException(set + " holds no intervals");
    }
    long nest = writer.beginNest(LIST_ELEMENT);
    value(writer, KEY, key);
    if (set.isConcatenatedInterval()) {
      value(writer, KEY_END, last);
    }
    if (!isKeyOnly) {
      properties(writer, element);
    }
    writer.endNest(nest);
    byte[] behind = set.isSimpleInterval() ? next(last) : null;
    if (behind != null) {
      end(writer, behind);
    }
  }

  private static void end(MessageWriter writer, byte[] behind) {
    long nest = writer.beginNest(LIST_ELEMENT);
    value(writer, KEY, behind);
    writer.u32(FLAGS, INTERVAL_END);
    writer.endNest(nest);
  }

  static void value(MessageWriter writer, int type, byte[] octets) {
    long nest = writer.beginNest(type);
    writer.octets(VALUE, octets);
    writer.endNest(nest);
  }

  /** Returns the number behind this one, or null behind the last. */
  static byte @Nullable [] next(byte[] octets) {
    byte[] next = octets.clone();
    for (int i = next.length - 1; i >= 0; i--) {
      if (++next[i] != 0) {
        return next;
      }
    }
    return null;
  }

  private void properties(MessageWriter writer, SetElement element) {
    if (element.data() != null) {
      data(writer, element.data());
    }
    if (element.timeout() != null) {
      writer.u64(TIMEOUT, element.timeout().toMillis());
    }
    if (element.comment() != null) {
      writer.octets(USER_DATA, comment(element.comment()));
    }
  }

  private void data(MessageWriter writer, SetData data) {
    switch (data) {
      case SetData.OfObject(String name) -> writer.text(OBJECT, name);
      case SetData.OfValue(Object value) -> {
        if (set.data() == null) {
          throw new IllegalArgumentException(set + " maps to no values");
        }
        value(writer, DATA, set.data().encode(value, false));
      }
      case SetData.OfVerdict(int code, String chain) -> {
        long nest = writer.beginNest(DATA);
        long verdict = writer.beginNest(VERDICT);
        writer.u32(VERDICT_CODE, code);
        if (chain != null) {
          writer.text(VERDICT_CHAIN, chain);
        }
        writer.endNest(verdict);
        writer.endNest(nest);
      }
    }
  }

  /** Type, length and text with its NUL, as nft keeps comments in what the kernel passes over. */
  private static byte[] comment(String comment) {
    byte[] text = comment.getBytes(StandardCharsets.UTF_8);
    if (text.length > MAX_COMMENT_BYTES) {
      throw new IllegalArgumentException("comment of " + text.length + " octets");
    }
    byte[] octets = new byte[text.length + 3];
    octets[0] = COMMENT;
    octets[1] = (byte) (text.length + 1);
    System.arraycopy(text, 0, octets, 2, text.length);
    return octets;
  }

  /** One element as the kernel lists it. Records of this kind are never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  record Listed(byte[] key, byte @Nullable [] last, boolean isEnd, SetElement element) {}

  /** Reads the element whose attributes {@code nest} holds. */
  Listed read(AttributeCursor nest) {
    byte[] key = new byte[0];
    byte[] last = null;
    int flags = 0;
    SetData data = null;
    Duration timeout = null;
    Duration expires = null;
    String comment = null;
    while (nest.next()) {
      switch (nest.type()) {
        case KEY -> key = inner(nest);
        case KEY_END -> last = inner(nest);
        case DATA -> data = data(nest);
        case FLAGS -> flags = nest.intNumber();
        case TIMEOUT -> timeout = Duration.ofMillis(nest.number());
        case EXPIRATION -> expires = Duration.ofMillis(nest.number());
        case USER_DATA -> comment = comment(nest.octets());
        case OBJECT -> data = new SetData.OfObject(nest.text());
        default -> {} // state of elements
      }
    }
    SetElement element =
        new SetElement(
            set.layout().decode(key),
            last == null || Arrays.equals(key, last) ? null : set.layout().decode(last),
            data,
            timeout,
            expires,
            comment);
    return new Listed(key, last, (flags & INTERVAL_END) != 0, element);
  }

  private static byte[] inner(AttributeCursor outer) {
    AttributeCursor inner = outer.into(new AttributeCursor());
    while (inner.next()) {
      if (inner.type() == VALUE) {
        return inner.octets();
      }
    }
    return new byte[0];
  }

  private @Nullable SetData data(AttributeCursor outer) {
    AttributeCursor inner = outer.into(new AttributeCursor());
    while (inner.next()) {
      if (inner.type() == VALUE) {
        byte[] octets = inner.octets();
        return new SetData.OfValue(
            set.data() == null || set.data().bytes() != octets.length
                ? octets
                : set.data().decode(octets, false));
      }
      if (inner.type() == VERDICT) {
        return verdict(inner.into(new AttributeCursor()));
      }
    }
    return null;
  }

  private static SetData verdict(AttributeCursor attributes) {
    int code = 0;
    String chain = null;
    while (attributes.next()) {
      switch (attributes.type()) {
        case VERDICT_CODE -> code = attributes.intNumber();
        case VERDICT_CHAIN -> chain = attributes.text();
        default -> {} // the chain's number
      }
    }
    return new SetData.OfVerdict(code, chain);
  }

  private static @Nullable String comment(byte[] octets) {
    boolean isComment = octets.length > 2 && octets[0] == COMMENT;
    int length = isComment ? Math.min(octets.length - 2, octets[1] & 0xff) - 1 : 0;
    return isComment ? new String(octets, 2, Math.max(0, length), StandardCharsets.UTF_8) : null;
  }
}
