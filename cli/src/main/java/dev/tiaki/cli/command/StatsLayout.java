package dev.tiaki.cli.command;

/** How the summary of a run is written. */
enum StatsLayout {
  /** A few lines for people. */
  TEXT,
  /** One JSON object on one line. */
  JSON,
  /** Not at all. */
  NONE
}
