package dev.tiaki.tracker.view;

/** What JMX shows of a tracker. */
public interface TrackerMXBean {
  /** Returns the number of open connections. */
  int getOpenConnections();

  /** Returns the bytes read from the connections that are open. */
  long getReadBytes();

  /** Returns the bytes written to the connections that are open. */
  long getWrittenBytes();

  /** Returns the age of the oldest connection, milliseconds. */
  long getOldestMillis();

  /** Returns the open connections, one JSON object each. */
  String[] getConnections();
}
