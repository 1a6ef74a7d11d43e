package dev.tiaki.engine.capture;

import dev.tiaki.engine.packet.LinkType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;

/**
 * Writes little-endian pcapng files of one section, with one interface for each link type and
 * nanoseconds; the layout is in {@link PcapngReader}.
 */
final class PcapngWriter extends CaptureWriter {
  private static final int SECTION_HEADER_BYTES = 28;
  private static final int INTERFACE_BYTES = 32;
  private static final int PACKET_OVERHEAD_BYTES = 32;
  private static final int PACKET_HEADER_BYTES = 28;
  private static final int PAD_AND_LENGTH_BYTES = 7;

  private final ArrayList<LinkType> interfaces = new ArrayList<>();

  PcapngWriter(String name, OutputStream out, CaptureLayout layout) throws IOException {
    super(name, out);
    ByteBuffer header = room(SECTION_HEADER_BYTES);
    header.putInt(CaptureMagic.SECTION_HEADER).putInt(SECTION_HEADER_BYTES);
    header.putInt(PcapngReader.BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0);
    header.putLong(-1).putInt(SECTION_HEADER_BYTES);
    addInterface(layout.linkType());
  }

  @Override
  void writeRecord(LinkType linkType, long nanos, byte[] frame, int length, int originalLength)
      throws IOException {
    int index = interfaces.indexOf(linkType);
    if (index < 0) {
      index = addInterface(linkType);
    }
    int padding = -length & 3;
    int blockBytes = PACKET_OVERHEAD_BYTES + length + padding;
    ByteBuffer header = room(PACKET_HEADER_BYTES);
    header.putInt(PcapngReader.ENHANCED_PACKET).putInt(blockBytes).putInt(index);
    header.putInt((int) (nanos >>> 32)).putInt((int) nanos).putInt(length).putInt(originalLength);
    put(frame, length);
    ByteBuffer tail = room(PAD_AND_LENGTH_BYTES);
    for (int i = 0; i < padding; i++) {
      tail.put((byte) 0);
    }
    tail.putInt(blockBytes);
  }

  private int addInterface(LinkType linkType) throws IOException {
    interfaces.add(linkType);
    ByteBuffer block = room(INTERFACE_BYTES);
    block.putInt(PcapngReader.INTERFACE_DESCRIPTION).putInt(INTERFACE_BYTES);
    block.putShort((short) linkType.number()).putShort((short) 0).putInt(SNAP_LENGTH);
    block.putShort((short) CaptureInterface.OPTION_TIMESTAMP_RESOLUTION).putShort((short) 1);
    block.putInt(9); // nanoseconds, and three octets of padding
    block.putInt(0).putInt(INTERFACE_BYTES);
    return interfaces.size() - 1;
  }
}
