package dev.tiaki.engine.libpcap;

import dev.tiaki.engine.capture.Capture;
import dev.tiaki.engine.capture.CaptureInput;
import dev.tiaki.engine.capture.CaptureLayout;
import dev.tiaki.engine.packet.Packet;
import java.io.EOFException;
import java.io.IOException;
import java.sql.Timestamp;
import java.util.concurrent.TimeoutException;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;

/**
 * Reads a capture file with libpcap, through pcap4j: for kinds of files that the mapped reader does
 * not know, and to compare the two. About thirty times slower than that one.
 */
public final class LibpcapReader implements Capture {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long MILLIS_PER_SECOND = 1000L;

  private final String name;
  private final PcapHandle handle;
  private final CaptureLayout layout;
  private long packets;
  private boolean ended;

  private LibpcapReader(String name, PcapHandle handle) {
    this.name = name;
    this.handle = handle;
    layout = new CaptureLayout(Libpcap.linkType(handle.getDlt().value()), true);
  }

  /**
   * Opens a capture.
   *
   * @throws IOException when there is no libpcap, or it cannot read the file
   */
  public static LibpcapReader open(CaptureInput input) throws IOException {
    try {
      PcapHandle handle =
          Libpcap.call(() -> Pcaps.openOffline(input.name(), TimestampPrecision.NANO));
      return new LibpcapReader(input.name(), handle);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      throw new IOException(
          message.contains(input.name()) || message.equals(Libpcap.MISSING)
              ? message
              : input.name() + ": " + message,
          e);
    }
  }

  @Override
  public boolean next(Packet packet) throws IOException {
    if (ended) {
      return false;
    }
    try {
      byte[] frame = handle.getNextRawPacketEx();
      fill(packet, frame);
      return true;
    } catch (EOFException end) {
      ended = true;
      return false;
    } catch (PcapNativeException | TimeoutException | NotOpenException e) {
      ended = true;
      throw new IOException(
          "%s: %s; the %d packets before it were read"
              .formatted(name, String.valueOf(e.getMessage()).strip(), packets),
          e);
    }
  }

  private void fill(Packet packet, byte[] frame) {
    byte[] array = packet.fill(frame.length, Math.max(frame.length, handle.getOriginalLength()));
    System.arraycopy(frame, 0, array, 0, frame.length);
    packet.describe(layout.linkType(), nanos(handle.getTimestamp()), ++packets);
  }

  /** Returns nanoseconds since the Unix epoch. */
  static long nanos(Timestamp time) {
    return Math.floorDiv(time.getTime(), MILLIS_PER_SECOND) * NANOS_PER_SECOND + time.getNanos();
  }

  @Override
  public CaptureLayout layout() {
    return layout;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long packets() {
    return packets;
  }

  @Override
  public long offset() {
    return 0;
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public void close() {
    ended = true;
    handle.close();
  }
}
