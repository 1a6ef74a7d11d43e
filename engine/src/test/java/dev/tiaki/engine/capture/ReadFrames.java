package dev.tiaki.engine.capture;

import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that a reader gives, as text: rank, link type, time, frame, and the error. */
final class ReadFrames {
  private ReadFrames() {}

  static List<String> of(byte[] file) {
    return read(() -> CaptureReader.open(new ByteArrayInputStream(file), "test"));
  }

  static List<String> of(Path file) {
    return read(() -> CaptureReader.open(file));
  }

  static Packet packet() {
    return new PacketPool(new NoOutput()).acquire();
  }

  private interface Opening {
    CaptureReader open() throws IOException;
  }

  private static List<String> read(Opening opening) {
    List<String> lines = new ArrayList<>();
    Packet packet = packet();
    try (CaptureReader reader = opening.open()) {
      try {
        while (reader.next(packet)) {
          lines.add(line(packet));
        }
      } catch (IOException e) {
        lines.add(e.getMessage());
      }
      if (reader.next(packet)) {
        lines.add("and goes on after its end");
      }
    } catch (IOException e) {
      lines.add(e.getMessage());
    }
    return lines;
  }

  private static String line(Packet packet) {
    String frame = new String(packet.toByteArray(), StandardCharsets.ISO_8859_1);
    String cut = packet.isCut() ? " of " + packet.originalLength() : "";
    return packet.number()
        + (" " + packet.linkType() + " " + packet.timestampNanos())
        + (" \"" + frame + "\"" + cut);
  }

  private static final class NoOutput implements PacketOutput {
    @Override
    public void accepted(Packet packet) {}

    @Override
    public void dropped(Packet packet, DropReason why) {}
  }
}
