package dev.tiaki.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiaki.engine.capture.CaptureLayout;
import dev.tiaki.engine.capture.CaptureReader;
import dev.tiaki.engine.packet.DropReason;
import dev.tiaki.engine.packet.Packet;
import dev.tiaki.engine.packet.PacketOutput;
import dev.tiaki.engine.packet.PacketPool;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private final Packet packet = new PacketPool(new NoOutput()).acquire();

  @Test
  void traffic_written_here_is_read_back_as_it_was_meant() throws Exception {
    Conversation web = Conversation.between("10.0.0.1:1", "10.0.0.2:80").handshake().up("hello");
    byte[] file = web.trace().cut(60).toPcap();
    try (CaptureReader reader =
        CaptureReader.open(new ByteArrayInputStream(file), "conversation")) {
      assertThat(reader.layout())
          .isEqualTo(new CaptureLayout(web.frames().getFirst().linkType(), true));
      for (Frame frame : web.frames()) {
        assertThat(reader.next(packet)).isTrue();
        assertThat(packet.toByteArray()).isEqualTo(frame.bytes());
        assertThat(packet.timestampNanos()).isEqualTo(frame.nanos());
        assertThat(packet.originalLength()).isEqualTo(frame.originalLength());
      }
      assertThat(reader.next(packet)).isFalse();
    }
  }

  private static final class NoOutput implements PacketOutput {
    @Override
    public void accepted(Packet packet) {}

    @Override
    public void dropped(Packet packet, DropReason why) {}
  }
}
