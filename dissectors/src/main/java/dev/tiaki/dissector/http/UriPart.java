package dev.tiaki.dissector.http;

import java.util.Locale;

/** The parts of a request target, as Haka names them. */
public enum UriPart {
  /** The scheme, such as {@code http}. */
  SCHEME,
  /** User, host and port as they stand in the text. */
  AUTHORITY,
  /** User and password as they stand in the text. */
  USERINFO,
  /** The user. */
  USER,
  /** The password. */
  PASS,
  /** The host. */
  HOST,
  /** The port, decimal. */
  PORT,
  /** The path. */
  PATH,
  /** What stands behind the question mark. */
  QUERY,
  /** What stands behind the number sign. */
  FRAGMENT;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Returns the name that rules know the part by. */
  public String word() {
    return word;
  }
}
