package dev.tiaki.dissector.dns;

import dev.tiaki.engine.buffer.BufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A DNS message that can be read and edited. What was not touched stays octet for octet: an edit of
 * a number or address is written in its place; one that changes lengths has the message written
 * anew, its names compressed anew and data that does not fit its type copied.
 *
 * <pre>
 * |                      ID                       |
 * |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
 * |  QDCOUNT  |  ANCOUNT  |  NSCOUNT  |  ARCOUNT  |
 * </pre>
 */
public final class DnsMessage {
  /** The length of the header in octets. */
  public static final int HEADER_BYTES = 12;

  /** The most octets that a message has over any transport. */
  public static final int MAX_BYTES = 0xffff;

  private static final int COUNTS = 4;
  private static final int RESPONSE = 0x8000;
  private static final byte[] NOTHING = {};

  private final byte[] original;
  private int id;
  private int flags;
  private final int[] counts = new int[COUNTS];
  private final List<DnsQuestion> questions = new ArrayList<>();
  private final List<List<DnsRecord>> records =
      List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  private byte[] trailer = NOTHING;
  private int unfitting;
  private boolean readOnly;
  private boolean patched;
  private boolean rebuilt;

  private DnsMessage(byte[] octets) {
    original = octets;
  }

  /** Reads the message in {@code bytes[offset .. offset + length)}, which is copied. */
  public static DnsParse parse(byte[] bytes, int offset, int length) {
    DnsMessage message = new DnsMessage(Arrays.copyOfRange(bytes, offset, offset + length));
    try {
      message.read(new DnsReader(message.original));
      return new DnsParse.Parsed(message);
    } catch (BrokenMessage broken) {
      return broken.malformed();
    }
  }

  private void read(DnsReader reader) {
    id = reader.u16();
    flags = reader.u16();
    for (int i = 0; i < COUNTS; i++) {
      counts[i] = reader.u16();
    }
    for (int i = 0; i < counts[0]; i++) {
      DnsName name = reader.name();
      int at = reader.position();
      questions.add(new DnsQuestion(this, name, at, reader.u16(), reader.u16()));
    }
    for (int section = 1; section < COUNTS; section++) {
      for (int i = 0; i < counts[section]; i++) {
        records.get(section - 1).add(record(reader));
      }
    }
    trailer = Arrays.copyOfRange(original, reader.position(), original.length);
  }

  private DnsRecord record(DnsReader reader) {
    DnsName name = reader.name();
    int at = reader.position();
    int type = reader.u16();
    int recordClass = reader.u16();
    long ttl = reader.u32();
    byte[] raw = reader.bytes(reader.u16());
    RecordSchema schema = RecordSchema.of(type);
    Object[] values = schema == null ? new Object[0] : values(schema, reader, raw.length);
    if (schema != null && values.length == 0) {
      // empty data is what updates have (RFC 2136 section 2.5), and OPT without options
      boolean fits = raw.length == 0;
      unfitting += fits ? 0 : 1;
      schema = null;
    }
    return new DnsRecord(this, name, at, type, recordClass, ttl, raw, schema, values);
  }

  /** Reads the data that ends where the reader stands; empty when it does not fit the schema. */
  private Object[] values(RecordSchema schema, DnsReader reader, int length) {
    int end = reader.position();
    reader.moveTo(end - length);
    reader.limit(end);
    try {
      Object[] values = new Object[schema.fields().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = reader.value(schema.fields().get(i).kind());
      }
      return reader.isAtEnd() ? values : new Object[0];
    } catch (BrokenMessage broken) {
      if (broken.malformed().fault() != DnsFault.CUT) {
        throw broken;
      }
      return new Object[0];
    } finally {
      reader.limit(original.length);
      reader.moveTo(end);
    }
  }

  static void put16(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) (value >> 8);
    bytes[offset + 1] = (byte) value;
  }

  /** Returns the number that ties a response to its query, 0 to 65 535. */
  public int id() {
    return id;
  }

  /** Sets the number that ties a response to its query; the low 16 bits count. */
  public void setId(int number) {
    patch();
    id = number & 0xffff;
  }

  /** Returns the 16 bits of flags, operation and result. */
  public int flags() {
    return flags;
  }

  /** Sets the 16 bits of flags, operation and result. */
  public void setFlags(int bits) {
    patch();
    flags = bits & 0xffff;
  }

  /** Tells whether it is a response. */
  public boolean isResponse() {
    return (flags & RESPONSE) != 0;
  }

  /** Returns what kind of query it is, 0 for a standard query. */
  public int opcode() {
    return flags >> 11 & 0xf;
  }

  /** Returns the result, 0 when there was no error; without the bits that EDNS adds. */
  public int resultCode() {
    return flags & 0xf;
  }

  /** Returns how many entries the header announces. */
  public int count(DnsSection section) {
    return counts[section.index()];
  }

  /** Sets how many entries the header announces, also when that is a lie. */
  public void setCount(DnsSection section, int count) {
    patch();
    counts[section.index()] = count & 0xffff;
  }

  /** Returns the questions, in general one. */
  public List<DnsQuestion> questions() {
    return List.copyOf(questions);
  }

  /**
   * Returns the records of a section.
   *
   * @throws IllegalArgumentException for the section of questions
   */
  public List<DnsRecord> records(DnsSection section) {
    if (section == DnsSection.QUESTION) {
      throw new IllegalArgumentException("questions are no records");
    }
    return List.copyOf(records.get(section.index() - 1));
  }

  /** Returns how many records have data that does not fit their type. */
  public int unfittingRecords() {
    return unfitting;
  }

  /** Returns the number of octets that the message was read from. */
  public int originalLength() {
    return original.length;
  }

  /** Refuses edits from now on: {@code read only buffer}. */
  public void setReadOnly() {
    readOnly = true;
  }

  /** Tells whether edits are refused. */
  public boolean isReadOnly() {
    return readOnly;
  }

  /** Tells whether anything was edited. */
  public boolean isModified() {
    return patched || rebuilt;
  }

  /** Notes an edit that takes the place of what was there. */
  void patch() {
    requireWritable();
    patched = true;
  }

  /** Notes an edit that changes lengths. */
  void rebuild() {
    requireWritable();
    rebuilt = true;
  }

  private void requireWritable() {
    if (readOnly) {
      throw BufferException.readOnly();
    }
  }

  /** Returns the octets of the message as it is now; they may be more than fit a transport. */
  public byte[] encode() {
    byte[] bytes = rebuilt ? written() : original.clone();
    if (patched || rebuilt) {
      put16(bytes, 0, id);
      put16(bytes, 2, flags);
      for (int i = 0; i < COUNTS; i++) {
        put16(bytes, 4 + 2 * i, counts[i]);
      }
    }
    if (patched && !rebuilt) {
      questions.forEach(question -> question.patchInto(bytes));
      records.forEach(section -> section.forEach(record -> record.patchInto(bytes)));
    }
    return bytes;
  }

  private byte[] written() {
    DnsWriter writer = new DnsWriter();
    writer.bytes(new byte[HEADER_BYTES]);
    questions.forEach(question -> question.write(writer));
    records.forEach(section -> section.forEach(record -> record.write(writer)));
    writer.bytes(trailer);
    return writer.toByteArray();
  }
}
