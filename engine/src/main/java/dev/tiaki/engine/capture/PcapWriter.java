package dev.tiaki.engine.capture;

import dev.tiaki.engine.packet.LinkType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes little-endian pcap files; the layout is in {@link PcapReader}. */
final class PcapWriter extends CaptureWriter {
  private static final int FILE_HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final long BILLION = 1_000_000_000L;

  private final LinkType linkType;
  private final int fractionNanos;

  PcapWriter(String name, OutputStream out, CaptureLayout layout) throws IOException {
    super(name, out);
    linkType = layout.linkType();
    fractionNanos = layout.nanoseconds() ? 1 : 1000;
    ByteBuffer header = room(FILE_HEADER_BYTES);
    header.putInt(layout.nanoseconds() ? CaptureMagic.NANOSECONDS : CaptureMagic.MICROSECONDS);
    header.putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    header.putInt(SNAP_LENGTH).putInt(linkType.number());
  }

  @Override
  void writeRecord(LinkType frameType, long nanos, byte[] frame, int length, int originalLength)
      throws IOException {
    if (frameType != linkType && !frameType.equals(linkType)) {
      throw otherLinkType(frameType);
    }
    ByteBuffer header = room(RECORD_HEADER_BYTES);
    header.putInt((int) Math.floorDiv(nanos, BILLION));
    header.putInt((int) Math.floorMod(nanos, BILLION) / fractionNanos);
    header.putInt(length).putInt(originalLength);
    put(frame, length);
  }

  private IOException otherLinkType(LinkType other) {
    String both = "here " + linkType + ", and cannot take " + other;
    return new IOException(
        name
            + (": a pcap file holds frames of one link type, " + both)
            + "; write to a file that ends in .pcapng instead");
  }
}
