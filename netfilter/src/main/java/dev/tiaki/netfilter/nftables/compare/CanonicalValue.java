package dev.tiaki.netfilter.nftables.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Constants in one spelling: numbers as numbers, addresses in their shortest form. */
final class CanonicalValue {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,18}");
  private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,15}");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern ETHERNET = Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}");

  private CanonicalValue() {}

  static JsonNode of(String text) {
    if (DECIMAL.matcher(text).matches()) {
      return NODES.numberNode(Long.parseLong(text));
    }
    if (HEX.matcher(text).matches()) {
      return NODES.numberNode(Long.parseLong(text.substring(2), 16));
    }
    if (ETHERNET.matcher(text).matches()) {
      return NODES.textNode(ethernet(text));
    }
    if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
      return NODES.textNode(address(text));
    }
    return NODES.textNode(text);
  }

  private static String ethernet(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split(":", -1))
        .map(octet -> octet.length() == 1 ? "0" + octet : octet)
        .collect(Collectors.joining(":"));
  }

  private static String address(String text) {
    try {
      return InetAddress.ofLiteral(text).getHostAddress();
    } catch (IllegalArgumentException e) {
      return text; // what only looks like an address is compared as it is
    }
  }
}
