package dev.tiaki.engine.capture;

import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Origin;
import dev.tiaki.engine.packet.Packet;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Writes packets to a capture file. The name decides the format: {@code .pcapng} takes frames of
 * any link types, everything else is pcap and takes those of one link type.
 *
 * <p>Used by one thread. Nothing is allocated for a packet that fits into the buffer.
 */
public abstract sealed class CaptureWriter implements Closeable permits PcapWriter, PcapngWriter {
  static final int SNAP_LENGTH = 262_144;
  private static final int BUFFER_BYTES = 1 << 16;

  final String name;
  private final OutputStream out;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private boolean forgedWithoutTime;
  private long packets;

  CaptureWriter(String name, OutputStream out) {
    this.name = name;
    this.out = out;
  }

  /**
   * Creates a file, or empties it.
   *
   * @param layout the link type that a pcap file takes, and the precision of times
   * @throws IOException when that is not possible; the message names the file
   */
  public static CaptureWriter create(Path file, CaptureLayout layout) throws IOException {
    try {
      return create(Files.newOutputStream(file), file.toString(), layout);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": cannot be written, its folder does not exist", e);
    }
  }

  /**
   * Writes to a stream, which is closed with the writer.
   *
   * @param name what messages call it; its ending decides the format
   */
  public static CaptureWriter create(OutputStream stream, String name, CaptureLayout layout)
      throws IOException {
    return name.endsWith(".pcapng")
        ? new PcapngWriter(name, stream, layout)
        : new PcapWriter(name, stream, layout);
  }

  /** Gives forged packets the time 0, as Haka does. */
  public CaptureWriter forgedWithoutTime() {
    forgedWithoutTime = true;
    return this;
  }

  /** Writes a packet as it is now. */
  public final void write(Packet packet) throws IOException {
    boolean noTime = forgedWithoutTime && packet.origin() == Origin.FORGED;
    write(
        packet.linkType(),
        noTime ? 0 : packet.timestampNanos(),
        packet.array(),
        packet.length(),
        packet.originalLength());
  }

  /**
   * Writes a frame.
   *
   * @param linkType what it is
   * @param nanos its time, nanoseconds since the Unix epoch
   * @param frame an array whose first {@code length} bytes are the frame
   * @param length how many bytes of it were captured
   * @param originalLength how many bytes it had on the wire
   * @throws IOException when the file does not take it; the message says why and what to do
   */
  public final void write(
      LinkType linkType, long nanos, byte[] frame, int length, int originalLength)
      throws IOException {
    writeRecord(linkType, nanos, frame, length, originalLength);
    packets++;
  }

  abstract void writeRecord(
      LinkType linkType, long nanos, byte[] frame, int length, int originalLength)
      throws IOException;

  /** Returns how many packets were written. */
  public final long packets() {
    return packets;
  }

  /** Returns the buffer with room for a header of at most some hundred bytes. */
  final ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      drain();
    }
    return buffer;
  }

  final void put(byte[] frame, int length) throws IOException {
    if (length > BUFFER_BYTES) {
      drain();
      writeOut(frame, length);
    } else {
      room(length).put(frame, 0, length);
    }
  }

  /** Hands everything written so far to the file. */
  public final void flush() throws IOException {
    drain();
    out.flush();
  }

  private void drain() throws IOException {
    writeOut(buffer.array(), buffer.position());
    buffer.clear();
  }

  private void writeOut(byte[] bytes, int length) throws IOException {
    try {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw new IOException(name + ": cannot be written (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public final void close() throws IOException {
    try (out) {
      flush();
    }
  }
}
