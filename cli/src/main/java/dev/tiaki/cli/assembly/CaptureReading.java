package dev.tiaki.cli.assembly;

import dev.tiaki.engine.capture.Capture;
import dev.tiaki.engine.capture.CaptureInput;
import dev.tiaki.engine.libpcap.BpfFilter;
import dev.tiaki.engine.libpcap.FilteredSource;
import dev.tiaki.engine.libpcap.LibpcapReader;
import dev.tiaki.engine.packet.FrameSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How captures are read.
 *
 * @param libpcap by libpcap instead of through a memory map
 * @param filter which frames are processed, null for all
 */
public record CaptureReading(boolean libpcap, @Nullable BpfFilter filter) {
  /** Through a memory map, all frames. */
  public static final CaptureReading MAPPED = new CaptureReading(false, null);

  Capture open(CaptureInput input) throws IOException {
    return libpcap ? LibpcapReader.open(input) : input.open();
  }

  FrameSource filtered(FrameSource source) {
    return filter == null ? source : new FilteredSource(source, filter);
  }
}
