package dev.tiaki.bench.fuzz;

import dev.tiaki.engine.capture.CaptureFormatException;
import dev.tiaki.engine.capture.CaptureReader;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Good inputs out of real captures: Ethernet frames, or what stands in TCP segments and datagrams.
 */
final class CorpusSeeds {
  private static final int MAX_SEEDS = 2000;
  private static final int MAX_PIECES = 8;
  private static final int MAX_FRAME_BYTES = 1600;

  private final FuzzTarget target;
  private final Map<String, List<Piece>> inputs = new LinkedHashMap<>();

  private CorpusSeeds(FuzzTarget target) {
    this.target = target;
  }

  /**
   * Returns {@code known} and what the captures hold for {@code target}; unreadable ones do not.
   */
  static List<List<Piece>> with(List<List<Piece>> known, FuzzTarget target, List<Path> captures)
      throws IOException {
    CorpusSeeds found = new CorpusSeeds(target);
    for (Path capture : captures) {
      found.read(capture);
    }
    List<List<Piece>> all = new ArrayList<>(known);
    all.addAll(found.inputs.values());
    return all;
  }

  private void read(Path capture) throws IOException {
    PacketPool pool = new PacketPool(new Nowhere());
    Packet packet = pool.acquire();
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (inputs.size() < MAX_SEEDS && reader.next(packet)) {
        if (packet.linkType().equals(LinkType.ETHERNET) && packet.length() <= MAX_FRAME_BYTES) {
          take(capture, Arrays.copyOf(packet.array(), packet.length()));
        }
      }
    } catch (CaptureFormatException broken) {
      // the corpus has captures that are broken on purpose: what came before the break is taken
    }
  }

  private void take(Path capture, byte[] frame) {
    SeedFrame layout = SeedFrame.of(frame);
    if (layout == null) {
      return;
    }
    switch (target.carrier()) {
      case Carrier.Frames _ -> {
        if (SeedFrame.belongs(target, layout)) {
          add(capture + "/" + inputs.size(), Piece.up(frame));
        }
      }
      case Carrier.Stream(int port) -> data(capture, frame, layout, 6, port);
      case Carrier.Datagrams(int port) -> data(capture, frame, layout, 17, port);
    }
  }

  private void data(Path capture, byte[] frame, SeedFrame layout, int protocol, int port) {
    if (layout.protocol() != protocol || layout.dataLength() <= 0) {
      return;
    }
    byte[] octets =
        Arrays.copyOfRange(frame, layout.dataOffset(), layout.dataOffset() + layout.dataLength());
    if (layout.destinationPort() == port) {
      add(capture + "/" + layout.sourcePort(), Piece.up(octets));
    } else if (layout.sourcePort() == port) {
      add(capture + "/" + layout.destinationPort(), Piece.down(octets));
    }
  }

  private void add(String key, Piece piece) {
    List<Piece> pieces = inputs.computeIfAbsent(key, name -> new ArrayList<>());
    if (pieces.size() < MAX_PIECES) {
      pieces.add(piece);
    }
  }

  private static final class Nowhere implements PacketOutput {
    @Override
    public void accepted(Packet packet) {}

    @Override
    public void dropped(Packet packet, @Nullable DropReason reason) {}
  }
}
