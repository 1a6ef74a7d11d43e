package dev.tiaki.engine.capture;

import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import java.io.IOException;

/**
 * Reads pcap files: either byte order, microseconds or nanoseconds, and the "modified" kind.
 *
 * <pre>
 * file:   magic 4 | major 2 | minor 2 | zone 4 | accuracy 4 | snapshot length 4 | link type 4
 * record: seconds 4 | fraction 4 | captured length 4 | original length 4 | frame
 * </pre>
 *
 * <p>Source: draft-ietf-opsawg-pcap sections 4 and 5.
 */
final class PcapReader extends CaptureReader {
  private static final int FILE_HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final int MODIFIED_RECORD_HEADER_BYTES = 24;
  private static final long BILLION = 1_000_000_000L;

  private final CaptureLayout layout;
  private final int headerBytes;
  private final long fractionNanos;
  private final long snapLength;

  /** Captures of before 1999 have the two lengths of a record exchanged, those of 2.3 perhaps. */
  private final int minorVersion;

  PcapReader(String name, CaptureBytes bytes) throws IOException {
    super(name, bytes);
    boolean bigEndian = !CaptureMagic.isPcap(bytes.i32(0));
    bytes.setBigEndian(bigEndian);
    int magic = bytes.i32(0);
    if (!bytes.has(FILE_HEADER_BYTES)) {
      throw endsInside("the file header");
    }
    if (bytes.u16(4) != 2) {
      throw broken("pcap version " + bytes.u16(4) + "." + bytes.u16(6) + " is not known");
    }
    boolean nanoseconds = magic == CaptureMagic.NANOSECONDS;
    boolean modified = magic == CaptureMagic.MODIFIED;
    // The upper half holds flags and the length of the frame check sequence.
    LinkType linkType = LinkType.of(bytes.i32(20) & 0xffff);
    minorVersion = bytes.u16(6);
    snapLength = bytes.u32(16);
    layout = new CaptureLayout(linkType, nanoseconds);
    headerBytes = modified ? MODIFIED_RECORD_HEADER_BYTES : RECORD_HEADER_BYTES;
    fractionNanos = nanoseconds ? 1 : 1000;
    bytes.skip(FILE_HEADER_BYTES);
  }

  @Override
  public CaptureLayout layout() {
    return layout;
  }

  @Override
  boolean read(Packet packet) throws IOException {
    if (!bytes.has(headerBytes)) {
      if (bytes.available() == 0 && bytes.failure() == null) {
        return false;
      }
      throw endsInside("a record header");
    }
    long timestamp = bytes.u32(0) * BILLION + bytes.u32(4) * fractionNanos;
    boolean swapped = minorVersion < 3 || (minorVersion == 3 && bytes.u32(8) > bytes.u32(12));
    int captured = frameLength(bytes.u32(swapped ? 12 : 8), snapLength);
    long original = bytes.u32(swapped ? 8 : 12);
    if (!bytes.has((long) headerBytes + captured)) {
      throw endsInside("a frame of " + captured + " bytes");
    }
    bytes.copy(headerBytes, packet.fill(captured, wireLength(captured, original)), captured);
    packet.describe(layout.linkType(), timestamp, countPacket());
    bytes.skip((long) headerBytes + captured);
    return true;
  }
}
