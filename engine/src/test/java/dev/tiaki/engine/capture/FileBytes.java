package dev.tiaki.engine.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Container formats written octet by octet, so that a test can break any of them. */
final class FileBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteOrder order;

  FileBytes(ByteOrder order) {
    this.order = order;
  }

  static FileBytes pcap(ByteOrder order, int magic, int linkType) {
    FileBytes file = new FileBytes(order).u32(magic).u16(2).u16(4).u32(0).u32(0);
    return file.u32(65535).u32(linkType);
  }

  static FileBytes pcapng(ByteOrder order) {
    return new FileBytes(order).section();
  }

  FileBytes record(long seconds, long fraction, String frame) {
    return u32(seconds).u32(fraction).u32(frame.length()).u32(frame.length()).text(frame);
  }

  FileBytes section() {
    return u32(0x0a0d0d0a).u32(28).u32(0x1a2b3c4d).u16(1).u16(0).u32(-1).u32(-1).u32(28);
  }

  FileBytes block(long type, byte[] body) {
    int padded = (body.length + 3) & ~3;
    u32(type).u32(12 + padded).raw(body).raw(new byte[padded - body.length]);
    return u32(12 + padded);
  }

  FileBytes description(int linkType, int snapLength, byte... options) {
    return block(1, body().u16(linkType).u16(0).u32(snapLength).raw(options).bytes());
  }

  FileBytes enhanced(int index, long units, String frame) {
    return block(
        6, time(body().u32(index), units).u32(frame.length()).u32(1500).text(frame).bytes());
  }

  FileBytes oldPacket(int index, long units, String frame) {
    FileBytes head = body().u16(index).u16(7);
    return block(2, time(head, units).u32(frame.length()).u32(frame.length()).text(frame).bytes());
  }

  FileBytes simple(String frame, int originalLength) {
    return block(3, body().u32(originalLength).text(frame).bytes());
  }

  /** Starts something in the same byte order. */
  FileBytes body() {
    return new FileBytes(order);
  }

  FileBytes u16(int value) {
    return raw(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
  }

  FileBytes u32(long value) {
    return raw(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
  }

  FileBytes text(String text) {
    return raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  FileBytes raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private static FileBytes time(FileBytes body, long units) {
    return body.u32(units >>> 32).u32(units);
  }
}
