package dev.tiaki.cli.control.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a flow in its run.
 *
 * @param udp whether it is a UDP flow, else a TCP connection
 * @param worker the number of its worker
 * @param number its number in that worker
 */
record FlowName(boolean udp, int worker, long number) {
  private static final Pattern FORM = Pattern.compile("(tcp|udp)-(\\d{1,4})-(\\d{1,18})");

  /** Reads a name; null when it is none. */
  static @Nullable FlowName of(String id) {
    Matcher form = FORM.matcher(id);
    return form.matches()
        ? new FlowName(
            form.group(1).equals("udp"),
            Integer.parseInt(form.group(2)),
            Long.parseLong(form.group(3)))
        : null;
  }
}
