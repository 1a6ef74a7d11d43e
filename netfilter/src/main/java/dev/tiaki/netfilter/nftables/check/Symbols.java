package dev.tiaki.netfilter.nftables.check;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Constants as nftables reads them: by the type of what they are compared with. */
final class Symbols {
  private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,128}|[0-9]{1,160}");
  private static final Pattern LINK_ADDRESS =
      Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){0,7}");
  private static final Pattern CLASS =
      Pattern.compile("root|none|[0-9a-fA-F]{0,4}:[0-9a-fA-F]{0,4}");
  private static final Pattern HOUR = Pattern.compile("\\d{1,2}:\\d{1,2}(:\\d{1,2})?");
  private static final Pattern DATE =
      Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}( \\d{1,2}:\\d{1,2}(:\\d{1,2})?)?");
  private static final Pattern INTERVAL =
      Pattern.compile("(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?");
  private static final int LABELS = 128;

  private Symbols() {}

  static Typed number(long number, Typed like, Pointer at) {
    return switch (like.type().base()) {
      case STRING -> text(Long.toString(number), like, at);
      case ADDRESS -> address(number, like, at);
      case VERDICT, CONCATENATION, INVALID -> throw mismatch(like, "a number", at);
      case LLADDR -> throw mismatch(like, "a number", at);
      case INTEGER, BITMASK -> inRange(BigInteger.valueOf(number), like, at);
    };
  }

  /** nftables takes a number for an IPv4 address, but not for one of IPv6. */
  private static Typed address(long number, Typed like, Pointer at) {
    if (like.bits() != 32) {
      throw mismatch(like, "a number", at);
    }
    return inRange(BigInteger.valueOf(number), like, at);
  }

  private static Typed inRange(BigInteger number, Typed like, Pointer at) {
    int bits = like.bits();
    if (number.signum() < 0 || (bits > 0 && number.bitLength() > bits)) {
      throw new Refusal(
          at, number + " is out of range: " + like.type().name() + " has " + bits + " bits");
    }
    return Typed.value(like.type(), bits, number);
  }

  static Typed address(InetAddress address, Typed like, Pointer at) {
    byte[] octets = address.getAddress();
    if (like.type().base() == Datatype.Base.STRING) {
      return text(address.getHostAddress(), like, at);
    }
    if (like.type().base() != Datatype.Base.ADDRESS || like.bits() != octets.length * 8) {
      throw mismatch(like, "the address " + address.getHostAddress(), at);
    }
    return Typed.value(like.type(), like.bits(), new BigInteger(1, octets));
  }

  static Typed text(String text, Typed like, Pointer at) {
    return switch (like.type().base()) {
      case STRING -> string(text, like, at);
      case ADDRESS -> addressText(text, like, at);
      case LLADDR -> linkAddress(text, like, at);
      case VERDICT, CONCATENATION, INVALID -> throw mismatch(like, "a string", at);
      case INTEGER, BITMASK -> symbol(text, like, at);
    };
  }

  /** A number in a string is an IPv4 address as well; anything else would be looked up. */
  private static Typed addressText(String text, Typed like, Pointer at) {
    if (like.bits() == 32 && NUMBER.matcher(text).matches()) {
      return inRange(parse(text), like, at);
    }
    throw new Refusal(
        at, "\"" + shown(text) + "\" is no address; nftables would ask the resolver for the name");
  }

  private static BigInteger parse(String text) {
    boolean isHex = text.length() > 1 && (text.charAt(1) | 0x20) == 'x';
    return isHex ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
  }

  private static Typed string(String text, Typed like, Pointer at) {
    int octets = text.getBytes(StandardCharsets.UTF_8).length;
    if (octets == 0 || (like.bits() > 0 && octets * 8 > like.bits())) {
      throw new Refusal(at, "a string of " + octets + " octets does not fit " + like.type().name());
    }
    return Typed.value(like.type(), like.bits(), null);
  }

  private static Typed linkAddress(String text, Typed like, Pointer at) {
    if (!LINK_ADDRESS.matcher(text).matches()
        || (like.bits() > 0 && text.split(":", -1).length * 8 != like.bits())) {
      throw mismatch(like, "the string \"" + shown(text) + "\"", at);
    }
    BigInteger value = BigInteger.ZERO;
    for (String octet : text.split(":", -1)) {
      value = value.shiftLeft(8).or(new BigInteger(octet, 16));
    }
    return Typed.value(like.type(), like.bits(), value);
  }

  private static Typed symbol(String text, Typed like, Pointer at) {
    Datatype type = like.type();
    BigInteger listed = type.symbols().get(text);
    if (listed != null) {
      return inRange(listed, like, at);
    }
    if (NUMBER.matcher(text).matches()) {
      return inRange(parse(text), like, at);
    }
    if (!isName(type.names(), text)) {
      throw new Refusal(
          at, "\"" + shown(text) + "\" is neither a number nor a name of type " + type.name());
    }
    Integer number = SystemNames.number(type.names(), text);
    return number == null
        ? Typed.value(type, like.bits(), null)
        : inRange(BigInteger.valueOf(number), like, at);
  }

  private static boolean isName(Datatype.Names names, String text) {
    return switch (names) {
      case NONE, LISTED -> false;
      case ANY, PATH -> !text.isEmpty();
      case DEVICES -> isDevice(text);
      case CLASSID -> CLASS.matcher(text).matches();
      case HOUR -> HOUR.matcher(text).matches();
      case INTERVAL -> isInterval(text);
      case TIME -> DATE.matcher(text).matches() || isInterval(text);
      case CONNLABELS -> text.matches("\\d{1,3}") && Integer.parseInt(text) < LABELS;
      case PROTOCOLS, SERVICES, RT_REALMS, GROUP, PASSWD, GROUP_NAMES ->
          SystemNames.has(names, text);
    };
  }

  private static boolean isInterval(String text) {
    return !text.isEmpty() && INTERVAL.matcher(text).matches();
  }

  static boolean isDevice(String text) {
    return !text.isEmpty()
        && text.length() < 16
        && text.chars().noneMatch(c -> c <= ' ' || c == '/');
  }

  private static Refusal mismatch(Typed like, String what, Pointer at) {
    return new Refusal(at, "a value of type " + like.type().name() + " is expected, not " + what);
  }

  static String shown(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String cut = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
