package dev.tiaki.engine.capture;

import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import java.io.IOException;
import java.util.ArrayList;

/**
 * Reads pcapng files: any number of sections, each in its byte order, and of interfaces, each with
 * its link type and unit of time. Blocks that hold no frames are skipped, known or not.
 *
 * <pre>
 * block:           type 4 | total length 4 | body | total length 4
 * section header:  byte order magic 4 | major 2 | minor 2 | section length 8 | options
 * enhanced packet: interface 4 | time high 4 | time low 4 | captured 4 | original 4 | frame
 * packet (old):    interface 2 | drops 2 | time high 4 | time low 4 | captured 4 | original 4 | frame
 * simple packet:   original 4 | frame
 * </pre>
 *
 * <p>Source: draft-ietf-opsawg-pcapng section 4. Offsets count from the first octet of the block.
 */
final class PcapngReader extends CaptureReader {
  private static final int SECTION_HEADER = CaptureMagic.SECTION_HEADER;
  static final int INTERFACE_DESCRIPTION = 1;
  private static final int PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  static final int ENHANCED_PACKET = 6;

  static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int MIN_BLOCK_BYTES = 12;
  private static final int MIN_SECTION_HEADER_BYTES = 28;
  private static final int MIN_INTERFACE_BYTES = 20;
  private static final int MIN_PACKET_BYTES = 32;
  private static final int MIN_SIMPLE_PACKET_BYTES = 16;
  private static final int FRAME = 28;
  private static final int SIMPLE_FRAME = 12;

  /** Longest block that must be held as a whole; blocks that are skipped may be longer. */
  private static final long MAX_HELD_BLOCK_BYTES = 1 << 25;

  private final ArrayList<CaptureInterface> interfaces = new ArrayList<>();
  private final LinkType firstLinkType;
  private boolean nanoseconds;

  PcapngReader(String name, CaptureBytes bytes) throws IOException {
    super(name, bytes);
    readSectionHeader();
    skipToPacket();
    firstLinkType = interfaces.isEmpty() ? LinkType.ETHERNET : interfaces.getFirst().linkType();
  }

  @Override
  public CaptureLayout layout() {
    return new CaptureLayout(firstLinkType, nanoseconds);
  }

  @Override
  boolean read(Packet packet) throws IOException {
    if (!skipToPacket()) {
      return false;
    }
    long length = heldBlock(bytes.u32(4));
    if (bytes.i32(0) == SIMPLE_PACKET) {
      readSimplePacket(packet, length);
    } else {
      readPacket(packet, length);
    }
    bytes.skip(length);
    return true;
  }

  /** Takes blocks up to one that holds a frame; false at the end of the file. */
  private boolean skipToPacket() throws IOException {
    while (true) {
      if (!bytes.has(MIN_BLOCK_BYTES)) {
        if (bytes.available() == 0 && bytes.failure() == null) {
          return false;
        }
        throw endsInside("a block header");
      }
      switch (bytes.i32(0)) {
        case PACKET, SIMPLE_PACKET, ENHANCED_PACKET -> {
          return true;
        }
        case SECTION_HEADER -> readSectionHeader();
        case INTERFACE_DESCRIPTION -> readInterface();
        default -> skipBlock(blockLength());
      }
    }
  }

  private void readSectionHeader() throws IOException {
    if (!bytes.has(MIN_SECTION_HEADER_BYTES)) {
      throw endsInside("a section header");
    }
    bytes.setBigEndian(false);
    if (bytes.i32(8) != BYTE_ORDER_MAGIC) {
      bytes.setBigEndian(true);
      if (bytes.i32(8) != BYTE_ORDER_MAGIC) {
        throw broken("the section header has no byte order mark");
      }
    }
    long length = heldBlock(blockLength());
    // The version is not looked at: blocks of other versions either make sense or break by their
    // lengths, and writers that put odd numbers there exist.
    interfaces.clear();
    bytes.skip(length);
  }

  private void readInterface() throws IOException {
    long length = heldBlock(blockLength());
    if (length < MIN_INTERFACE_BYTES) {
      throw broken("an interface description of " + length + " bytes is too short");
    }
    CaptureInterface description = CaptureInterface.read(bytes, length);
    interfaces.add(description);
    nanoseconds |= description.unit().isFinerThanMicroseconds();
    bytes.skip(length);
  }

  private void readPacket(Packet packet, long length) throws IOException {
    if (length < MIN_PACKET_BYTES) {
      throw broken("a packet block of " + length + " bytes is too short");
    }
    int index = bytes.i32(0) == PACKET ? bytes.u16(8) : bytes.i32(8);
    CaptureInterface from = interfaceAt(index);
    int captured = frameLength(bytes.u32(20), from.snapLength());
    if (FRAME + captured > length - 4) {
      throw broken("a frame of " + captured + " bytes does not fit into its block");
    }
    int original = wireLength(captured, bytes.u32(24));
    bytes.copy(FRAME, packet.fill(captured, original), captured);
    long units = (bytes.u32(12) << 32) | bytes.u32(16);
    packet.describe(from.linkType(), from.unit().nanos(units), countPacket());
  }

  /** A simple packet has no time: it takes the one of 1970. */
  private void readSimplePacket(Packet packet, long length) throws IOException {
    if (length < MIN_SIMPLE_PACKET_BYTES) {
      throw broken("a packet block of " + length + " bytes is too short");
    }
    CaptureInterface from = interfaceAt(0);
    long original = bytes.u32(8);
    long snapLength = from.snapLength() == 0 ? Long.MAX_VALUE : from.snapLength();
    long room = length - MIN_SIMPLE_PACKET_BYTES;
    int captured = frameLength(Math.min(Math.min(original, snapLength), room), snapLength);
    byte[] frame = packet.fill(captured, wireLength(captured, original));
    bytes.copy(SIMPLE_FRAME, frame, captured);
    packet.describe(from.linkType(), 0, countPacket());
  }

  private CaptureInterface interfaceAt(int index) throws CaptureFormatException {
    if (index < 0 || index >= interfaces.size()) {
      String number = Integer.toUnsignedString(index);
      throw broken("a packet names interface " + number + ", which is not described before");
    }
    return interfaces.get(index);
  }

  private long blockLength() throws CaptureFormatException {
    return checkedLength(bytes.u32(4));
  }

  private long checkedLength(long length) throws CaptureFormatException {
    if (length < MIN_BLOCK_BYTES || length % 4 != 0) {
      throw broken("a block of " + length + " bytes cannot be");
    }
    return length;
  }

  /** Makes sure that a whole block is there and says its length twice. */
  private long heldBlock(long length) throws CaptureFormatException {
    checkedLength(length);
    if (length > MAX_HELD_BLOCK_BYTES) {
      throw broken("a block of " + length + " bytes cannot be meant");
    }
    if (!bytes.has(length)) {
      throw endsInside("a block of " + length + " bytes");
    }
    if (bytes.u32(length - 4) != length) {
      throw broken("a block's two lengths differ: " + length + ", " + bytes.u32(length - 4));
    }
    return length;
  }

  private void skipBlock(long length) throws CaptureFormatException {
    if (!bytes.skip(length)) {
      throw endsInside("a block of " + length + " bytes");
    }
  }
}
