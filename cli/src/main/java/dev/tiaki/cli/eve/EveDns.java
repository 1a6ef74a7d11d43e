package dev.tiaki.cli.eve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tiaki.dissector.dns.DnsMessage;
import dev.tiaki.dissector.dns.DnsName;
import dev.tiaki.dissector.dns.DnsQuestion;
import dev.tiaki.dissector.dns.DnsRecord;
import dev.tiaki.dissector.dns.DnsSection;
import dev.tiaki.dissector.dns.DnsTypes;
import dev.tiaki.dissector.dns.RecordSchema;
import dev.tiaki.engine.address.IpAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The {@code dns} object of an EVE record, in the layout that Suricata calls version 2. */
final class EveDns {
  private static final int TXT = 16;
  private static final String[] RESULTS = {
    "NOERROR",
    "FORMERR",
    "SERVFAIL",
    "NXDOMAIN",
    "NOTIMP",
    "REFUSED",
    "YXDOMAIN",
    "YXRRSET",
    "NXRRSET",
    "NOTAUTH",
    "NOTZONE"
  };

  private EveDns() {}

  static void write(JsonGenerator json, DnsMessage message) throws IOException {
    json.writeObjectFieldStart("dns");
    if (message.isResponse()) {
      json.writeNumberField("version", 2);
    }
    json.writeStringField("type", message.isResponse() ? "answer" : "query");
    json.writeNumberField("id", message.id());
    if (message.isResponse()) {
      flags(json, message.flags());
    }
    json.writeNumberField("opcode", message.opcode());
    for (DnsQuestion question : message.questions().stream().limit(1).toList()) {
      json.writeStringField("rrname", name(question.name()));
      json.writeStringField("rrtype", DnsTypes.text(question.type()));
    }
    if (message.isResponse()) {
      int result = message.resultCode();
      json.writeStringField(
          "rcode", result < RESULTS.length ? RESULTS[result] : String.valueOf(result));
      answers(json, "answers", message.records(DnsSection.ANSWER));
      grouped(json, message.records(DnsSection.ANSWER));
      answers(json, "authorities", message.records(DnsSection.AUTHORITY));
    }
    json.writeEndObject();
  }

  private static void flags(JsonGenerator json, int flags) throws IOException {
    json.writeStringField("flags", "%x".formatted(flags));
    String[] names = {"qr", "aa", "tc", "rd", "ra"};
    int[] bits = {0x8000, 0x400, 0x200, 0x100, 0x80};
    for (int i = 0; i < names.length; i++) {
      if ((flags & bits[i]) != 0) {
        json.writeBooleanField(names[i], true);
      }
    }
  }

  private static String name(DnsName name) {
    String text = name.toString();
    return text.length() > 1 ? text.substring(0, text.length() - 1) : "";
  }

  private static void answers(JsonGenerator json, String field, List<DnsRecord> records)
      throws IOException {
    if (records.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(field);
    for (DnsRecord record : records) {
      json.writeStartObject();
      json.writeStringField("rrname", name(record.name()));
      json.writeStringField("rrtype", DnsTypes.text(record.type()));
      json.writeNumberField("ttl", record.ttl());
      String data = data(record);
      if (data != null) {
        json.writeStringField("rdata", data);
      } else {
        fields(json, record);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void grouped(JsonGenerator json, List<DnsRecord> records) throws IOException {
    Map<String, List<String>> byType = new TreeMap<>();
    for (DnsRecord record : records) {
      String data = data(record);
      if (data != null) {
        byType.computeIfAbsent(DnsTypes.text(record.type()), type -> new ArrayList<>()).add(data);
      }
    }
    if (byType.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("grouped");
    for (Map.Entry<String, List<String>> entry : byType.entrySet()) {
      json.writeArrayFieldStart(entry.getKey());
      for (String data : entry.getValue()) {
        json.writeString(data);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** The data of records that have one piece of it: an address, a name, a text. */
  private static @Nullable String data(DnsRecord record) {
    RecordSchema schema = record.schema();
    if (schema != null
        && schema.fields().size() == 1
        && record.value(0) instanceof IpAddress address) {
      return address.toString();
    }
    if (record.value("name") instanceof DnsName target) {
      return name(target);
    }
    return record.type() == TXT ? text(record.raw()) : null;
  }

  private static String text(byte[] data) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < data.length; at += 1 + (data[at] & 0xff)) {
      int length = Math.min(data[at] & 0xff, data.length - at - 1);
      text.append(new String(data, at + 1, length, ISO_8859_1));
    }
    return text.toString();
  }

  /** SOA and SRV as an object of their own, as Suricata has them. */
  private static void fields(JsonGenerator json, DnsRecord record) throws IOException {
    RecordSchema schema = record.schema();
    String type = DnsTypes.text(record.type());
    if (schema == null || !(type.equals("SOA") || type.equals("SRV"))) {
      return;
    }
    json.writeObjectFieldStart(type.equals("SOA") ? "soa" : "srv");
    for (int i = 0; i < schema.fields().size(); i++) {
      String field = schema.fields().get(i).name();
      if (record.value(i) instanceof DnsName target) {
        json.writeStringField(field.equals("target") ? "name" : field, name(target));
      } else {
        json.writeNumberField(field, (Long) record.value(i));
      }
    }
    json.writeEndObject();
  }
}
