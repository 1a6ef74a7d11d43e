package dev.tiaki.tracker.view;

import dev.tiaki.tracker.Addresses;
import dev.tiaki.tracker.ConnectionEvent;
import dev.tiaki.tracker.ConnectionInfo;
import dev.tiaki.tracker.ConnectionTracker;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Writes the changes of a tracker's list to the JDK's flight recorder. */
public final class FlightRecorder {
  private FlightRecorder() {}

  /** Records what happens to {@code tracker} until the returned handle is closed. */
  public static ConnectionTracker.Subscription record(ConnectionTracker tracker) {
    return tracker.observe(FlightRecorder::record);
  }

  private static void record(ConnectionEvent event) {
    switch (event) {
      case ConnectionEvent.Opened opened -> commit(new Opened(), opened.connection());
      case ConnectionEvent.Closed closed -> commit(new Closed(), closed.connection());
      case ConnectionEvent.Failed failed -> commit(failed);
    }
  }

  private static void commit(ConnectionFields fields, ConnectionInfo info) {
    if (fields.shouldCommit()) {
      fields.category = info.category();
      fields.clientServer = info.role().wire();
      fields.localAddress = Addresses.text(info.localAddress());
      fields.remoteAddress = Addresses.text(info.remoteAddress());
      fields.readBytes = info.readBytes();
      fields.writtenBytes = info.writtenBytes();
      fields.commit();
    }
  }

  private static void commit(ConnectionEvent.Failed failed) {
    Failed event = new Failed();
    if (event.shouldCommit()) {
      event.address = failed.address();
      event.reason = String.valueOf(failed.error().getMessage());
      event.commit();
    }
  }

  /** The fields that opened and closed connections have in common. */
  @Category("Connections")
  @StackTrace(false)
  abstract static class ConnectionFields extends Event {
    String category = "";
    String clientServer = "";
    String localAddress = "";
    String remoteAddress = "";
    @DataAmount long readBytes;
    @DataAmount long writtenBytes;
  }

  /** A connection entered the list. */
  @Name("dev.tiaki.tracker.Opened")
  @Label("Connection opened")
  static final class Opened extends ConnectionFields {}

  /** A connection left the list. */
  @Name("dev.tiaki.tracker.Closed")
  @Label("Connection closed")
  static final class Closed extends ConnectionFields {}

  /** Accepting or dialing failed. */
  @Category("Connections")
  @Name("dev.tiaki.tracker.Failed")
  @Label("Connection failed")
  @StackTrace(false)
  static final class Failed extends Event {
    String address = "";
    String reason = "";
  }
}
