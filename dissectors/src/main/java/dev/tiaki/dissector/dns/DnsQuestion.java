package dev.tiaki.dissector.dns;

/** What a message asks for: a name, a type of records, a class. */
public final class DnsQuestion {
  private final DnsMessage message;
  private final int fixedOffset;
  private DnsName name;
  private int type;
  private int recordClass;

  /**
   * Makes a question.
   *
   * @param fixedOffset where the type stands in the message
   */
  DnsQuestion(DnsMessage message, DnsName name, int fixedOffset, int type, int recordClass) {
    this.message = message;
    this.name = name;
    this.fixedOffset = fixedOffset;
    this.type = type;
    this.recordClass = recordClass;
  }

  /** Returns the name. */
  public DnsName name() {
    return name;
  }

  /** Sets the name. */
  public void setName(DnsName newName) {
    message.rebuild();
    name = newName;
  }

  /** Returns the number of the type, 0 to 65 535. */
  public int type() {
    return type;
  }

  /** Sets the number of the type; the low 16 bits count. */
  public void setType(int number) {
    message.patch();
    type = number & 0xffff;
  }

  /** Returns the class, 1 for the Internet. */
  public int recordClass() {
    return recordClass;
  }

  /** Sets the class; the low 16 bits count. */
  public void setRecordClass(int number) {
    message.patch();
    recordClass = number & 0xffff;
  }

  void patchInto(byte[] bytes) {
    DnsMessage.put16(bytes, fixedOffset, type);
    DnsMessage.put16(bytes, fixedOffset + 2, recordClass);
  }

  void write(DnsWriter writer) {
    writer.name(name);
    writer.u16(type);
    writer.u16(recordClass);
  }
}
