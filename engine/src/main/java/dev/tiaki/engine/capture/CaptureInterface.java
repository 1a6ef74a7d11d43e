package dev.tiaki.engine.capture;

import dev.tiaki.engine.packet.LinkType;

/**
 * One interface that a section of a pcapng file describes.
 *
 * @param linkType what its frames are
 * @param snapLength how much of a frame was kept at most, 0 for all
 * @param unit how it counts time
 */
record CaptureInterface(LinkType linkType, long snapLength, TimestampUnit unit) {
  private static final int OPTION_END = 0;
  static final int OPTION_TIMESTAMP_RESOLUTION = 9;
  private static final int OPTION_TIMESTAMP_OFFSET = 14;
  private static final int OPTIONS = 16;

  /** Reads an interface description block that is there wholly, {@code length} bytes. */
  static CaptureInterface read(CaptureBytes bytes, long length) {
    TimestampUnit unit = TimestampUnit.MICROSECONDS;
    long end = length - 4;
    long at = OPTIONS;
    while (at + 4 <= end && bytes.u16(at) != OPTION_END) {
      int optionBytes = bytes.u16(at + 2);
      if (at + 4 + optionBytes > end) {
        break;
      }
      unit = withOption(unit, bytes, at, optionBytes);
      at += 4 + ((optionBytes + 3) & ~3);
    }
    return new CaptureInterface(LinkType.of(bytes.u16(8)), bytes.u32(12), unit);
  }

  private static TimestampUnit withOption(
      TimestampUnit unit, CaptureBytes bytes, long at, int optionBytes) {
    int code = bytes.u16(at);
    if (code == OPTION_TIMESTAMP_RESOLUTION && optionBytes >= 1) {
      return TimestampUnit.of(bytes.u8(at + 4), unit.offsetSeconds());
    }
    if (code == OPTION_TIMESTAMP_OFFSET && optionBytes >= 8) {
      return new TimestampUnit(unit.binary(), unit.exponent(), bytes.i64(at + 4));
    }
    return unit;
  }
}
