package dev.tiaki.dissector.dns;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields the data of a record type has, in their order.
 *
 * @param fields the fields
 */
public record RecordSchema(List<Field> fields) {
  /**
   * One field.
   *
   * @param name what rules call it
   * @param kind how it is laid out
   */
  public record Field(String name, FieldKind kind) {}

  private static final Map<Integer, RecordSchema> BY_TYPE = new HashMap<>();

  static {
    // RFC 1035 section 3.3 and 3.4
    define("A", "ip:IPV4");
    for (String type : "NS MD MF CNAME MB MG MR PTR".split(" ", -1)) {
      define(type, "name:NAME");
    }
    define("SOA", "mname:NAME rname:NAME serial:U32 refresh:U32 retry:U32 expire:U32 minimum:U32");
    define("NULL", "data:BYTES");
    define("WKS", "ip:IPV4 proto:U8 ports:BYTES");
    define("HINFO", "cpu:TEXT os:TEXT");
    define("MINFO", "rname:NAME ename:NAME");
    define("MX", "pref:U16 name:NAME");
    define("TXT", "data:BYTES");
    define("SPF", "data:BYTES");
    // RFC 1183, 2230, 2535: not to be compressed any more, yet compressed ones are read
    define("RP", "mbox:PLAIN_NAME txt:PLAIN_NAME");
    define("AFSDB", "subtype:U16 target:PLAIN_NAME");
    define("RT", "pref:U16 target:PLAIN_NAME");
    define("KX", "pref:U16 target:PLAIN_NAME");
    define("DNAME", "target:PLAIN_NAME"); // RFC 6672
    define("AAAA", "ip:IPV6"); // RFC 3596
    define("SRV", "priority:U16 weight:U16 port:U16 target:PLAIN_NAME"); // RFC 2782
    define( // RFC 3403
        "NAPTR",
        "order:U16 preference:U16 flags:TEXT service:TEXT regexp:TEXT replacement:PLAIN_NAME");
    define("OPT", "options:OPTIONS"); // RFC 6891
    define("CAA", "flags:U8 tag:TEXT value:BYTES"); // RFC 8659
    for (String type : "DS CDS DLV TA".split(" ", -1)) { // RFC 4034 section 5, RFC 7344
      define(type, "key_tag:U16 algorithm:U8 digest_type:U8 digest:BYTES");
    }
    for (String type : "DNSKEY CDNSKEY KEY".split(" ", -1)) { // RFC 4034 section 2
      define(type, "flags:U16 protocol:U8 algorithm:U8 key:BYTES");
    }
    for (String type : "RRSIG SIG".split(" ", -1)) { // RFC 4034 section 3
      define(
          type,
          "type_covered:TYPE algorithm:U8 labels:U8 original_ttl:U32 expiration:U32 inception:U32"
              + " key_tag:U16 signer:PLAIN_NAME signature:BYTES");
    }
    define("NSEC", "next:PLAIN_NAME types:TYPES"); // RFC 4034 section 4
    define( // RFC 5155 section 3
        "NSEC3", "algorithm:U8 flags:U8 iterations:U16 salt:TEXT next_hash:TEXT types:TYPES");
    define("NSEC3PARAM", "algorithm:U8 flags:U8 iterations:U16 salt:TEXT");
    define("TLSA", "usage:U8 selector:U8 matching:U8 data:BYTES"); // RFC 6698
    define("SMIMEA", "usage:U8 selector:U8 matching:U8 data:BYTES");
    define("SSHFP", "algorithm:U8 fingerprint_type:U8 fingerprint:BYTES"); // RFC 4255
    define("SVCB", "priority:U16 target:PLAIN_NAME params:OPTIONS"); // RFC 9460
    define("HTTPS", "priority:U16 target:PLAIN_NAME params:OPTIONS");
    define("URI", "priority:U16 weight:U16 target:BYTES"); // RFC 7553
  }

  /** Makes a schema of fields in their order. */
  public RecordSchema {
    fields = List.copyOf(fields);
  }

  private static void define(String type, String layout) {
    List<Field> fields =
        List.of(layout.split(" ", -1)).stream()
            .map(word -> word.split(":", -1))
            .map(parts -> new Field(parts[0], FieldKind.valueOf(parts[1])))
            .toList();
    BY_TYPE.put(DnsTypes.number(type), new RecordSchema(fields));
  }

  /** Returns the fields of {@code type}, or null when they are not known. */
  public static @Nullable RecordSchema of(int type) {
    return BY_TYPE.get(type);
  }

  /** Returns the place of the field called {@code name}, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns where the field at {@code index} starts, or -1 when that depends on the data. */
  int fixedOffset(int index) {
    int offset = 0;
    for (int i = 0; i < index; i++) {
      int bytes = fields.get(i).kind().fixedBytes();
      if (bytes < 0) {
        return -1;
      }
      offset += bytes;
    }
    return offset;
  }
}
