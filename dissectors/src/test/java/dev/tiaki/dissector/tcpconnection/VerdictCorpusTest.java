package dev.tiaki.dissector.tcpconnection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.BufferStream;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.capture.CaptureFormatException;
import dev.tiaki.engine.capture.CaptureReader;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.engine.log.LogLevel;
import dev.tiaki.engine.worker.EngineMode;
import dev.tiaki.traffic.shared.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a capture holds and a rule does: each packet gets exactly one verdict. */
class VerdictCorpusTest {
  private final Random random = new Random(42);

  @Test
  void every_packet_gets_one_verdict_when_observing() throws Exception {
    check(EngineMode.OBSERVE);
  }

  @Test
  void every_packet_gets_one_verdict_when_enforcing() throws Exception {
    check(EngineMode.ENFORCE);
  }

  @Test
  void every_packet_gets_one_verdict_as_haka_does_it() throws Exception {
    check(EngineMode.HAKA);
  }

  private void check(EngineMode mode) throws Exception {
    Path corpus = SharedMaterial.orSkip("corpus").resolve("pcaps");
    List<Path> captures;
    try (Stream<Path> files = Files.walk(corpus)) {
      captures = files.filter(Files::isRegularFile).sorted().toList();
    }
    assertThat(captures).hasSizeGreaterThan(1000);
    for (Path capture : captures) {
      TcpFixture engine =
          new TcpFixture(mode, TcpConnectionSettings.DEFAULTS.withMidstreamPickup(true));
      engine.context.log().setDefaultLevel(LogLevel.ERROR);
      engine.keepsSent = false;
      engine.connections.events().receiveData().add(this::meddle);
      long read = replay(engine, capture);
      engine.finish();
      assertThat(engine.captured).as("%s, %s", mode, capture).isEqualTo(read);
      assertThat(engine.connections.connections()).isZero();
    }
  }

  private static long replay(TcpFixture engine, Path capture) {
    try (CaptureReader reader = CaptureReader.open(capture)) {
      try {
        engine.feed(reader);
      } catch (CaptureFormatException broken) {
        // everything before the break counts
      }
      return reader.packets();
    } catch (IOException unreadable) {
      return 0;
    }
  }

  /** Edits, marks, drops and resets at random. */
  private void meddle(
      TcpFlow flow, BufferStream stream, BufferIterator current, Direction direction) {
    if (current.available() == 0) {
      return;
    }
    BufferIterator at = current.copy();
    switch (random.nextInt(40)) {
      case 0 -> flow.drop();
      case 2 -> at.insert(VirtualBuffer.of(new byte[random.nextInt(3000)]));
      case 3, 4, 5 -> at.sub(random.nextInt(2000), true).erase();
      case 6 -> at.mark(random.nextBoolean());
      case 7 -> flow.bypass();
      case 8 -> {
        if (flow.state() == TcpState.ESTABLISHED) {
          flow.reset();
        }
      }
      default -> at.sub(10, false);
    }
  }
}
