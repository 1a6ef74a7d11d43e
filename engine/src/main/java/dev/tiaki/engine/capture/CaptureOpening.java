package dev.tiaki.engine.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Decides by the first bytes how a capture is read. */
final class CaptureOpening {
  private static final int STREAM_BUFFER_BYTES = 1 << 16;

  private CaptureOpening() {}

  static CaptureReader open(Path file) throws IOException {
    String name = file.toString();
    try {
      if (Files.isDirectory(file)) {
        throw new IOException(name + ": is a folder, not a capture");
      }
      if (!Files.isRegularFile(file) || CaptureMagic.isGzip(firstBytes(file))) {
        return open(Files.newInputStream(file), name);
      }
      if (Files.size(file) == 0) {
        throw CaptureMagic.empty(name);
      }
      return open(CaptureBytes.map(file), name);
    } catch (NoSuchFileException e) {
      throw new IOException(name + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException(name + ": permission denied", e);
    }
  }

  static CaptureReader open(InputStream stream, String name) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(stream, STREAM_BUFFER_BYTES);
    try {
      buffered.mark(4);
      byte[] first = buffered.readNBytes(4);
      buffered.reset();
      InputStream plain = CaptureMagic.isGzip(first) ? decompress(buffered, name) : buffered;
      return open(CaptureBytes.of(plain), name);
    } catch (IOException e) {
      buffered.close();
      throw e;
    }
  }

  private static InputStream decompress(InputStream stream, String name) throws IOException {
    try {
      return new GZIPInputStream(stream, STREAM_BUFFER_BYTES);
    } catch (IOException e) {
      throw new CaptureFormatException(
          name, 0, "broken at byte 0: the gzip header cannot be read; copy the capture again");
    }
  }

  private static CaptureReader open(CaptureBytes bytes, String name) throws IOException {
    try {
      return switch (CaptureMagic.formatOf(bytes, name)) {
        case PCAP -> new PcapReader(name, bytes);
        case PCAPNG -> new PcapngReader(name, bytes);
      };
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  static byte[] firstBytes(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return stream.readNBytes(4);
    }
  }
}
