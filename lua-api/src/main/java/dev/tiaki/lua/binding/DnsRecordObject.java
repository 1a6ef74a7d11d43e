package dev.tiaki.lua.binding;

import dev.tiaki.dissector.dns.DnsMessage;
import dev.tiaki.dissector.dns.DnsRecord;
import dev.tiaki.dissector.dns.DnsTypes;
import dev.tiaki.dissector.dns.RecordSchema;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * A resource record as Lua sees it: what every record has, and the fields of its type. A field
 * {@code name}, the target of NS and others, hides the owner's name as it does in Haka.
 */
final class DnsRecordObject extends InstanceObject {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of("class", "length", "ttl", "type", "owner");
  private static final int CLASS = 0;
  private static final int LENGTH = 1;
  private static final int TTL = 2;
  private static final int RECORD_TYPE = 3;
  private static final String[] COMMON = {"class", "length", "name", "ttl", "type"};
  private static final int NULL = 10;
  private static final int TXT = 16;
  private static final int HINFO = 13;
  private static final LuaString NAME = LuaString.valueOf("name");
  private static final LuaString UNKNOWN = LuaString.valueOf("unknown");

  private final DnsMessage message;
  private final DnsRecord record;
  private @Nullable VirtualBuffer buffer;

  DnsRecordObject(Bindings bindings, DnsMessage message, DnsRecord record) {
    super(bindings, bindings.dnsRecords);
    this.message = message;
    this.record = record;
    boolean haka = bindings.context().mode().hakaCompatible();
    boolean hides = haka && (record.type() > TXT || record.type() == HINFO);
    RecordSchema schema = hides ? null : record.schema();
    rawset("__property", bindings.dnsProperties(schema, DnsRecordObject::properties));
    if (record.schema() == null || hides) {
      rawset(UNKNOWN, sub());
    }
  }

  static InstanceClass describe() {
    return new InstanceClass("Result", ATTRIBUTES, 0);
  }

  /** What {@code debug.pprint} shows of a record with these fields. */
  private static LuaTable properties(@Nullable RecordSchema schema) {
    LuaTable table = new LuaTable();
    for (String name : COMMON) {
      show(table, name);
    }
    if (schema != null) {
      schema.fields().forEach(field -> show(table, field.name()));
    }
    return table;
  }

  private static void show(LuaTable table, String name) {
    LuaString key = LuaString.valueOf(name);
    LuaTable property = new LuaTable();
    Builtin.add(property, "get", all -> all.arg1().get(key));
    table.rawset(key, property);
  }

  /** The data as a buffer of its own; edits come into the message by {@link #flush}. */
  private LuaValue sub() {
    VirtualBuffer known = buffer;
    if (known == null) {
      known = VirtualBuffer.of(record.raw());
      buffer = known;
    }
    if (message.isReadOnly()) {
      known.setReadOnly();
    }
    return bindings.sub(known.all());
  }

  void flush() {
    VirtualBuffer known = buffer;
    if (known != null && known.isModified()) {
      record.setRaw(known.toByteArray());
      known.setModified(false);
    }
  }

  private int field(LuaValue key) {
    RecordSchema schema = record.schema();
    return schema == null ? -1 : schema.indexOf(key.tojstring());
  }

  @Override
  LuaValue read(int attribute) {
    return switch (attribute) {
      case CLASS -> valueOf(record.recordClass());
      case LENGTH -> valueOf(record.length());
      case TTL -> Arg.count(record.ttl());
      case RECORD_TYPE -> DnsValues.type(bindings, record.type());
      default -> valueOf(record.name().toString());
    };
  }

  @Override
  void write(int attribute, LuaValue value) {
    switch (attribute) {
      case CLASS -> record.setRecordClass(Arg.unsignedInt(value));
      case TTL -> record.setTtl(Arg.unsigned(value));
      case RECORD_TYPE -> record.setType(DnsValues.typeNumber(value));
      case LENGTH -> {}
      default -> record.setName(DnsValues.name(value));
    }
  }

  @Override
  LuaValue readUnknown(LuaValue key) {
    int index = field(key);
    RecordSchema schema = record.schema();
    if (index >= 0 && schema != null) {
      return record.type() == NULL
          ? sub()
          : DnsValues.toLua(bindings, schema.fields().get(index).kind(), record.value(index));
    }
    if (NAME.raweq(key)) {
      return valueOf(record.name().toString());
    }
    return UNKNOWN.raweq(key) ? sub() : derived(key.tojstring());
  }

  private LuaValue derived(String key) {
    if (key.equals("strings") && record.type() == TXT) {
      LuaTable strings = DnsValues.strings(record.raw());
      return strings == null ? NIL : strings;
    }
    if (record.type() == DnsTypes.OPT) {
      return switch (key) { // RFC 6891 section 6.1.3
        case "udp_size" -> valueOf(record.recordClass());
        case "extended_rcode" -> valueOf((int) (record.ttl() >> 24));
        case "version" -> valueOf((int) (record.ttl() >> 16 & 0xff));
        case "dnssec_ok" -> valueOf((record.ttl() & 0x8000) != 0);
        default -> NIL;
      };
    }
    return NIL;
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    int index = field(key);
    RecordSchema schema = record.schema();
    if (index >= 0 && schema != null) {
      record.setValue(index, DnsValues.toJava(schema.fields().get(index).kind(), value));
    } else if (NAME.raweq(key)) {
      record.setName(DnsValues.name(value));
    } else if (UNKNOWN.raweq(key) && value.isstring()) {
      record.setRaw(ByteText.copyOf(value.strvalue()));
    } else {
      super.set(key, value);
    }
  }
}
