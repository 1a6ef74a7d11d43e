package dev.tiaki.lua.binding;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.luaj.vm2.LuaValue;

/** A point in time: {@code secs}, {@code nsecs} and {@code seconds}. */
public final class TimeValue extends NativeObject {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final AttributeNames ATTRIBUTES = AttributeNames.of("secs", "nsecs", "seconds");
  private static final int SECS = 0;
  private static final int NSECS = 1;

  private long seconds;
  private long nanoseconds;

  TimeValue(NativeClass nativeClass, long nanos) {
    super(nanos, nativeClass);
    seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
    nanoseconds = Math.floorMod(nanos, NANOS_PER_SECOND);
  }

  static NativeClass describe() {
    return new NativeClass("time", ATTRIBUTES).printable();
  }

  /** Returns the time in nanoseconds since the Unix epoch. */
  public long nanos() {
    return seconds * NANOS_PER_SECOND + nanoseconds;
  }

  @Override
  protected LuaValue read(int attribute) {
    return switch (attribute) {
      case SECS -> Arg.count(seconds);
      case NSECS -> Arg.count(nanoseconds);
      default -> LuaValue.valueOf(seconds + nanoseconds / 1e9);
    };
  }

  @Override
  protected void write(int attribute, LuaValue value) {
    switch (attribute) {
      case SECS -> seconds = (long) Arg.number(value);
      case NSECS -> nanoseconds = (long) Arg.number(value);
      default -> {}
    }
    m_instance = nanos();
  }

  /** Returns the local time in the layout of C's {@code ctime}. */
  @Override
  public String tojstring() {
    ZonedDateTime local =
        Instant.ofEpochSecond(seconds, nanoseconds).atZone(ZoneId.systemDefault());
    return String.format(
        Locale.ROOT, "%1$ta %1$tb %2$2d %1$tT %1$tY", local, local.getDayOfMonth());
  }
}
