package dev.tiaki.netfilter.nftables.transport;

import java.util.regex.Pattern;

/** What nft prints to standard error, cut to the one line that tells what is wrong. */
final class ErrorText {
  private static final int MAX_LENGTH = 400;

  /** {@code internal:0:0-0: } stands before errors in JSON, {@code /dev/stdin:1:4-9: } in text. */
  private static final Pattern PLACE = Pattern.compile("^\\S+:\\d+:\\d+(-\\d+)?: ");

  private ErrorText() {}

  static String of(String errors) {
    String first =
        errors.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("");
    String text = PLACE.matcher(first).replaceFirst("").replaceFirst("^Error: ", "");
    if (text.isEmpty()) {
      return "nft gave no reason";
    }
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
