package dev.tiaki.dissector.dns;

import dev.tiaki.engine.address.IpAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A resource record. Its data is a row of values as {@link RecordSchema} names them, or plain
 * octets when the type is not known or the data does not fit it.
 */
public final class DnsRecord {
  private static final int TTL = 4;
  private static final int DATA = 10;

  private final DnsMessage message;
  private final int fixedOffset;
  private DnsName name;
  private int type;
  private int recordClass;
  private long ttl;
  private final int length;
  private byte[] raw;
  private @Nullable RecordSchema schema;
  private Object[] values;

  /**
   * Makes a record.
   *
   * @param fixedOffset where the type stands in the message
   * @param raw the octets of the data as they stand in the message
   * @param schema what the values are, null when there are none
   */
  DnsRecord(
      DnsMessage message,
      DnsName name,
      int fixedOffset,
      int type,
      int recordClass,
      long ttl,
      byte[] raw,
      @Nullable RecordSchema schema,
      Object[] values) {
    this.message = message;
    this.name = name;
    this.fixedOffset = fixedOffset;
    this.type = type;
    this.recordClass = recordClass;
    this.ttl = ttl;
    this.length = raw.length;
    this.raw = raw;
    this.schema = schema;
    this.values = values;
  }

  /** Returns the name that the record is about. */
  public DnsName name() {
    return name;
  }

  /** Sets the name that the record is about. */
  public void setName(DnsName newName) {
    message.rebuild();
    name = newName;
  }

  /** Returns the number of the type, 0 to 65 535. */
  public int type() {
    return type;
  }

  /** Sets the number of the type; the low 16 bits count. The data stays as it is. */
  public void setType(int number) {
    message.patch();
    type = number & 0xffff;
  }

  /** Returns the class, 1 for the Internet; for OPT how large an answer may be. */
  public int recordClass() {
    return recordClass;
  }

  /** Sets the class; the low 16 bits count. */
  public void setRecordClass(int number) {
    message.patch();
    recordClass = number & 0xffff;
  }

  /** Returns for how many seconds the record may be kept; for OPT more bits of flags. */
  public long ttl() {
    return ttl;
  }

  /** Sets for how many seconds the record may be kept; the low 32 bits count. */
  public void setTtl(long seconds) {
    message.patch();
    ttl = seconds & 0xffff_ffffL;
  }

  /** Returns how many octets of data the record had when it was read. */
  public int length() {
    return length;
  }

  /** Returns what the values are, or null when the data is plain octets. */
  public @Nullable RecordSchema schema() {
    return schema;
  }

  /** Returns the data's octets as they were read; names in them may be pointers. */
  public byte[] raw() {
    return raw.clone();
  }

  /** Replaces the data by plain octets. */
  public void setRaw(byte[] octets) {
    if (octets.length > 0xffff) {
      throw new IllegalArgumentException("invalid record data: longer than 65535 bytes");
    }
    message.rebuild();
    raw = octets.clone();
    schema = null;
    values = new Object[0];
  }

  /** Returns the value of the field at {@code index} of the schema. */
  public Object value(int index) {
    return values[index];
  }

  /** Returns the value of the field called {@code field}, or null when there is none. */
  public @Nullable Object value(String field) {
    RecordSchema known = schema;
    int index = known == null ? -1 : known.indexOf(field);
    return index < 0 ? null : values[index];
  }

  /**
   * Sets the value of the field at {@code index}; of a number as many low bits count as it has.
   *
   * @throws IllegalArgumentException when the value is not of the field's Java type or range
   */
  public void setValue(int index, Object value) {
    RecordSchema known = schema;
    if (known == null) {
      throw new IllegalArgumentException("record without fields");
    }
    FieldKind kind = known.fields().get(index).kind();
    requireFitting(kind, value);
    if (kind.fixedBytes() < 0 || known.fixedOffset(index) < 0) {
      message.rebuild();
    } else {
      message.patch();
    }
    values[index] = value instanceof Long number ? number & mask(kind) : value;
  }

  private static long mask(FieldKind kind) {
    return (1L << (8 * kind.fixedBytes())) - 1;
  }

  private static void requireFitting(FieldKind kind, Object value) {
    boolean fits = kind.valueType().isInstance(value);
    if (value instanceof IpAddress address) {
      fits = fits && address.isIpv6() == (kind == FieldKind.IPV6);
    } else if (value instanceof byte[] octets) {
      fits = fits && octets.length <= (kind == FieldKind.TEXT ? 0xff : 0xffff);
    }
    if (!fits) {
      throw new IllegalArgumentException("invalid value for a field of kind " + kind);
    }
  }

  /** Writes what always takes the same place. */
  void patchInto(byte[] bytes) {
    DnsMessage.put16(bytes, fixedOffset, type);
    DnsMessage.put16(bytes, fixedOffset + 2, recordClass);
    DnsMessage.put16(bytes, fixedOffset + TTL, (int) (ttl >> 16));
    DnsMessage.put16(bytes, fixedOffset + TTL + 2, (int) ttl);
    RecordSchema known = schema;
    DnsWriter fixed = new DnsWriter();
    for (int i = 0; known != null && i < known.fields().size(); i++) {
      FieldKind kind = known.fields().get(i).kind();
      if (kind.fixedBytes() < 0) {
        break;
      }
      fixed.value(kind, values[i]);
    }
    byte[] start = fixed.toByteArray();
    System.arraycopy(start, 0, bytes, fixedOffset + DATA, start.length);
  }

  void write(DnsWriter writer) {
    writer.name(name);
    writer.u16(type);
    writer.u16(recordClass);
    writer.u32(ttl);
    byte[] data = raw;
    RecordSchema known = schema;
    if (known == null) {
      writer.u16(data.length);
      writer.bytes(data);
      return;
    }
    writer.data(known, values);
  }

  /** Tells whether type, class, name, time and data are the same. */
  public boolean isSameAs(DnsRecord other) {
    return name.equals(other.name)
        && type == other.type
        && recordClass == other.recordClass
        && ttl == other.ttl
        && (schema == null
            ? other.schema == null && Arrays.equals(raw, other.raw)
            : schema == other.schema && Arrays.deepEquals(values, other.values));
  }
}
