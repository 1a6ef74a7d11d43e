package dev.tiaki.netfilter.nftables.rule;

/** Levels of a log statement, as of syslog; {@code audit} goes to the audit log. */
public enum LogLevel implements Word {
  /** Unusable. */
  EMERG("emerg"),
  /** Act at once. */
  ALERT("alert"),
  /** Critical. */
  CRIT("crit"),
  /** Error. */
  ERR("err"),
  /** Warning; the default. */
  WARN("warn"),
  /** Normal but notable. */
  NOTICE("notice"),
  /** Information. */
  INFO("info"),
  /** For finding errors. */
  DEBUG("debug"),
  /** To the audit log, without any other option. */
  AUDIT("audit");

  private final String word;

  LogLevel(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
