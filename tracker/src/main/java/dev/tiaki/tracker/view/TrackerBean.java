package dev.tiaki.tracker.view;

import dev.tiaki.tracker.ConnectionInfo;
import dev.tiaki.tracker.ConnectionTracker;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** A tracker as a JMX bean. */
public final class TrackerBean implements TrackerMXBean {
  private final ConnectionTracker tracker;

  /** Makes a bean for {@code tracker}; register it with any MBean server. */
  public TrackerBean(ConnectionTracker tracker) {
    this.tracker = tracker;
  }

  /**
   * Registers {@code tracker} with the platform's MBean server as {@code
   * dev.tiaki.tracker:type=Tracker,name=NAME}.
   *
   * @throws IllegalArgumentException when the name is taken or cannot be used
   */
  public static ObjectName register(ConnectionTracker tracker, String name) {
    try {
      ObjectName objectName =
          new ObjectName("dev.tiaki.tracker:type=Tracker,name=" + ObjectName.quote(name));
      ManagementFactory.getPlatformMBeanServer()
          .registerMBean(new TrackerBean(tracker), objectName);
      return objectName;
    } catch (JMException e) {
      throw new IllegalArgumentException("name=" + name, e);
    }
  }

  @Override
  public int getOpenConnections() {
    return tracker.size();
  }

  @Override
  public long getReadBytes() {
    return tracker.summary().readBytes();
  }

  @Override
  public long getWrittenBytes() {
    return tracker.summary().writtenBytes();
  }

  @Override
  public long getOldestMillis() {
    return tracker.summary().longest().toMillis();
  }

  @Override
  public String[] getConnections() {
    return tracker.connections().stream().map(ConnectionInfo::toJson).toArray(String[]::new);
  }
}
