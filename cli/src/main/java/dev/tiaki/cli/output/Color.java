package dev.tiaki.cli.output;

/** The terminal colours of log lines and alerts (ECMA-48 SGR). */
enum Color {
  CLEAR("\u001b[0m"),
  BOLD("\u001b[1m"),
  BOLD_RED("\u001b[1m\u001b[31m"),
  BOLD_YELLOW("\u001b[1m\u001b[33m"),
  BOLD_CYAN("\u001b[1m\u001b[36m"),
  CYAN("\u001b[36m");

  final String code;

  Color(String code) {
    this.code = code;
  }
}
