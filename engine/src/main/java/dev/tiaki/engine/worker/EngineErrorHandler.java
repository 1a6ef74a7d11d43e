package dev.tiaki.engine.worker;

import dev.tiaki.engine.packet.Packet;

/** Is told when the engine itself failed on a packet, which is a defect of the engine. */
@FunctionalInterface
public interface EngineErrorHandler {
  /** The engine raised {@code defect} while it processed {@code packet}, which was dropped. */
  void failed(Packet packet, RuntimeException defect);
}
