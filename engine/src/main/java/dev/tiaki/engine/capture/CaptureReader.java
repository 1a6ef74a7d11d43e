package dev.tiaki.engine.capture;

import dev.tiaki.engine.packet.Packet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads the frames of one capture file, pcap or pcapng, plain or gzipped.
 *
 * <p>Each frame is copied once, from the mapped file into the packet's array. A file that is broken
 * gives every frame before the break, then one {@link CaptureFormatException}, then nothing more.
 */
public abstract sealed class CaptureReader implements Capture permits PcapReader, PcapngReader {
  /**
   * Longest frame that is believed where the file promises no longer ones: what libpcap and
   * Wireshark take as well.
   */
  private static final int MAX_FRAME_BYTES = 262_144;

  /** Longest frame that is believed whatever the file promises. */
  private static final int MAX_PROMISED_FRAME_BYTES = 1 << 24;

  final String name;
  final CaptureBytes bytes;
  private long packets;
  private boolean ended;

  CaptureReader(String name, CaptureBytes bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /**
   * Opens a capture file; its first bytes decide what it is.
   *
   * @throws CaptureFormatException when it is no capture
   * @throws IOException when it is missing or cannot be read; the message names it
   */
  public static CaptureReader open(Path file) throws IOException {
    return CaptureOpening.open(file);
  }

  /**
   * Reads a capture from a stream, which is closed with the reader.
   *
   * @param name what messages call it
   */
  public static CaptureReader open(InputStream stream, String name) throws IOException {
    return CaptureOpening.open(stream, name);
  }

  @Override
  public final boolean next(Packet packet) throws IOException {
    if (ended) {
      return false;
    }
    try {
      ended = !read(packet);
    } catch (CaptureFormatException e) {
      ended = true;
      throw e;
    } catch (InternalError e) { // what the JVM makes of a mapped page that is gone
      ended = true;
      throw broken("the file became shorter while it was read");
    }
    return !ended;
  }

  /** Reads one frame; false at the regular end. */
  abstract boolean read(Packet packet) throws IOException;

  /** Returns what the file says about its frames; known from the beginning. */
  @Override
  public abstract CaptureLayout layout();

  /** Returns the file's name as it was given. */
  @Override
  public final String name() {
    return name;
  }

  /** Returns how many frames were read. */
  @Override
  public final long packets() {
    return packets;
  }

  /** Returns how many bytes of the file, or of what a compressed file holds, were read. */
  @Override
  public final long offset() {
    return bytes.offset();
  }

  /** Returns the file's size in bytes, -1 when that is not known beforehand. */
  @Override
  public final long size() {
    return bytes.size();
  }

  /** Returns the rank of the frame that is being read, counted from 1. */
  final long countPacket() {
    return ++packets;
  }

  /** Checks a frame's length against what can be meant. */
  final int frameLength(long captured, long snapLength) throws CaptureFormatException {
    long promised = Math.clamp(snapLength, MAX_FRAME_BYTES, MAX_PROMISED_FRAME_BYTES);
    if (captured > promised) {
      throw broken("a frame of " + captured + " bytes cannot be meant");
    }
    return (int) captured;
  }

  /** A frame was at least as long on the wire as it is in the file, whatever the file says. */
  static int wireLength(int captured, long original) {
    return Math.clamp(original, captured, Integer.MAX_VALUE);
  }

  /** Returns the error that the file ends in the middle of something. */
  final CaptureFormatException endsInside(String what) {
    IOException failure = bytes.failure();
    return broken(
        failure != null
            ? "decompressing failed (" + failure.getMessage() + ")"
            : "it ends in the middle of " + what);
  }

  /** Returns the error that the file makes no sense from here on. */
  final CaptureFormatException broken(String what) {
    long at = bytes.offset();
    String read =
        switch ((int) Math.min(packets, 2)) {
          case 0 -> "no packet before it";
          case 1 -> "the one packet before it was read";
          default -> "the " + packets + " packets before it were read";
        };
    String text = "broken at byte " + at + ": " + what + "; " + read;
    return new CaptureFormatException(
        name, at, text + ". Copy the capture again if it is damaged, or go on without the rest");
  }

  @Override
  public void close() throws IOException {
    ended = true;
    bytes.close();
  }
}
