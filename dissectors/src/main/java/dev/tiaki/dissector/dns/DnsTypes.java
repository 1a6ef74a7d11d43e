package dev.tiaki.dissector.dns;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mnemonics of record types, from IANA's registry of DNS parameters. */
public final class DnsTypes {
  /** The type of an IPv4 address. */
  public static final int A = 1;

  /** The type of an IPv6 address. */
  public static final int AAAA = 28;

  /** The type of the record that carries EDNS (RFC 6891). */
  public static final int OPT = 41;

  private static final Map<Integer, String> NAMES = new HashMap<>();
  private static final Map<String, Integer> NUMBERS = new HashMap<>();

  static {
    String known =
        "1 A 2 NS 3 MD 4 MF 5 CNAME 6 SOA 7 MB 8 MG 9 MR 10 NULL 11 WKS 12 PTR 13 HINFO 14 MINFO"
            + " 15 MX 16 TXT 17 RP 18 AFSDB 21 RT 24 SIG 25 KEY 28 AAAA 29 LOC 33 SRV 35 NAPTR"
            + " 36 KX 37 CERT 39 DNAME 41 OPT 43 DS 44 SSHFP 46 RRSIG 47 NSEC 48 DNSKEY 50 NSEC3"
            + " 51 NSEC3PARAM 52 TLSA 53 SMIMEA 59 CDS 60 CDNSKEY 61 OPENPGPKEY 64 SVCB 65 HTTPS"
            + " 99 SPF 249 TKEY 250 TSIG 251 IXFR 252 AXFR 253 MAILB 254 MAILA 255 ANY 256 URI"
            + " 257 CAA 32768 TA 32769 DLV";
    String[] words = known.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      NAMES.put(Integer.valueOf(words[i]), words[i + 1]);
      NUMBERS.put(words[i + 1], Integer.valueOf(words[i]));
    }
  }

  private DnsTypes() {}

  /** Returns the mnemonic of {@code type}, or null when it has none. */
  public static @Nullable String name(int type) {
    return NAMES.get(type);
  }

  /** Returns the mnemonic of {@code type}, or {@code TYPEn} (RFC 3597 section 5). */
  public static String text(int type) {
    String name = NAMES.get(type);
    return name == null ? "TYPE" + type : name;
  }

  /** Returns the number of the type with this mnemonic, or -1. */
  public static int number(String name) {
    return NUMBERS.getOrDefault(name, -1);
  }
}
