package dev.tiaki.cli.assembly;

import dev.tiaki.cli.output.ProgressBar;
import dev.tiaki.engine.capture.Capture;
import dev.tiaki.engine.packet.FrameSource;
import dev.tiaki.engine.packet.Packet;
import java.io.IOException;

/** A capture whose reading shows on a progress bar. */
final class WatchedSource implements FrameSource {
  private static final int UPDATE_MASK = (1 << 12) - 1;

  private final Capture reader;
  private final ProgressBar bar;
  private final int capture;
  private final int captures;
  private final long packetsBefore;

  /**
   * Watches the capture number {@code capture} of {@code captures}, counted from 0.
   *
   * @param packetsBefore how many packets the captures before it had
   */
  WatchedSource(Capture reader, ProgressBar bar, int capture, int captures, long packetsBefore) {
    this.reader = reader;
    this.bar = bar;
    this.capture = capture;
    this.captures = captures;
    this.packetsBefore = packetsBefore;
  }

  @Override
  public boolean next(Packet packet) throws IOException {
    if ((reader.packets() & UPDATE_MASK) == 0) {
      update();
    }
    return reader.next(packet);
  }

  private void update() {
    boolean sizeKnown = reader.size() > 0;
    double within = sizeKnown ? (double) reader.offset() / reader.size() : 0;
    double share = sizeKnown || captures > 1 ? (capture + within) / captures : -1;
    bar.update(share, packetsBefore + reader.packets());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
