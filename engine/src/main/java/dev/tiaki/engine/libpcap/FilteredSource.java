package dev.tiaki.engine.libpcap;

import dev.tiaki.engine.packet.FrameSource;
import dev.tiaki.engine.packet.Packet;
import java.io.IOException;

/** Those frames of a source that pass a filter; they keep their ranks. */
public final class FilteredSource implements FrameSource {
  private final FrameSource source;
  private final BpfFilter filter;

  /** Filters {@code source}, which is closed with this. */
  public FilteredSource(FrameSource source, BpfFilter filter) {
    this.source = source;
    this.filter = filter;
  }

  @Override
  public boolean next(Packet packet) throws IOException {
    while (source.next(packet)) {
      if (filter.matches(packet)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
