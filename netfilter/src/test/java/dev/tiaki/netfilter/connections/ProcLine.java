package dev.tiaki.netfilter.connections;

import java.util.HashMap;
import java.util.Map;

/** A line of {@code /proc/net/nf_conntrack} as the keys of the API. */
final class ProcLine {
  private ProcLine() {}

  static Map<String, String> parse(String line) {
    String[] words = line.trim().split("\\s+");
    Map<String, String> row = new HashMap<>();
    row.put("layer", words[0]);
    row.put("protocol", words[2]);
    row.put("timeout", words[4]);
    row.put("state", words[2].equals("tcp") ? words[5] : "");
    for (int i = 5; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (words[i].startsWith("[")) {
        row.put("status", words[i].substring(1, words[i].length() - 1));
      } else if (equals > 0) {
        String key = words[i].substring(0, equals);
        row.put(row.containsKey(key) ? key + "_reply" : key, words[i].substring(equals + 1));
      }
    }
    boolean nat =
        !row.get("src").equals(row.get("dst_reply"))
            || !row.get("dst").equals(row.get("src_reply"));
    row.put("nat", nat ? "1" : "0");
    row.remove("zone-orig");
    row.remove("zone-reply");
    return row;
  }
}
