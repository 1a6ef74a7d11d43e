package dev.tiaki.cli.assembly;

import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.log.LogSection;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Origin;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.worker.Counter;
import dev.tiaki.engine.worker.Counters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts the verdicts of one worker's packets and writes what leaves. */
final class VerdictTally implements PacketOutput {
  private final @Nullable PacketFile output;
  private final LogSection log;
  private final DropNotes notes;
  private final Counter accepted;
  private final Counter modified;
  private final Counter forged;
  private final Map<DropReason, Counter> dropped = new EnumMap<>(DropReason.class);

  VerdictTally(
      Counters counters, LogSection packetLog, @Nullable PacketFile output, DropNotes notes) {
    this.notes = notes;
    this.output = output;
    this.log = packetLog;
    this.accepted = counters.counter("verdicts.accepted", "accepted");
    this.modified = counters.counter("verdicts.modified", "of them modified");
    this.forged = counters.counter("verdicts.forged", "of them forged");
    for (DropReason reason : DropReason.values()) {
      String word = reason.word();
      dropped.put(
          reason,
          counters.counter("verdicts.dropped." + word, "dropped: " + word.replace('_', ' ')));
    }
  }

  @Override
  public void accepted(Packet packet) {
    accepted.increment();
    if (packet.isModified()) {
      modified.increment();
    }
    if (packet.origin() != Origin.CAPTURED) {
      forged.increment();
    }
    if (log.isEnabled(LogLevel.DEBUG)) {
      log.debug("accepting packet id=" + packet.number());
    }
    if (output != null) {
      write(output, packet);
    }
  }

  private static void write(PacketFile output, Packet packet) {
    try {
      output.write(packet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void dropped(Packet packet, DropReason reason) {
    notes.dropped(packet, reason);
    Objects.requireNonNull(dropped.get(reason)).increment();
    if (log.isEnabled(LogLevel.DEBUG)) {
      log.debug("dropping packet id=" + packet.number());
    }
  }
}
