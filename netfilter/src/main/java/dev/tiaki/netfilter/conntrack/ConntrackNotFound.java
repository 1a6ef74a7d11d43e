package dev.tiaki.netfilter.conntrack;

import java.io.IOException;

/** There is no entry with the tuple that was named. */
public final class ConntrackNotFound extends IOException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception that names what was not found. */
  public ConntrackNotFound(String what) {
    super("no such conntrack entry: " + what);
  }
}
