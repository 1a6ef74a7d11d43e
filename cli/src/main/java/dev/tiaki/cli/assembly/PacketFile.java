package dev.tiaki.cli.assembly;

import dev.tiaki.engine.capture.CaptureLayout;
import dev.tiaki.engine.capture.CaptureWriter;
import dev.tiaki.engine.packet.Packet;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The capture that packets leave to, in the order of their verdicts. It takes over the layout of
 * the first capture that is read, so it is made when that is known. Shared by all workers.
 */
public final class PacketFile implements Closeable {
  private final Path file;
  private final boolean forgedWithoutTime;
  private @Nullable CaptureWriter writer;

  /**
   * Says where packets go.
   *
   * @param forgedWithoutTime whether forged packets have the time 0, as in Haka
   */
  public PacketFile(Path file, boolean forgedWithoutTime) {
    this.file = file;
    this.forgedWithoutTime = forgedWithoutTime;
  }

  /** Makes the file in the layout of the first capture; later captures change nothing. */
  public synchronized void begin(CaptureLayout layout) throws IOException {
    if (writer == null) {
      writer = CaptureWriter.create(file, layout);
      if (forgedWithoutTime) {
        writer.forgedWithoutTime();
      }
    }
  }

  synchronized void write(Packet packet) throws IOException {
    if (writer != null) {
      writer.write(packet);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
