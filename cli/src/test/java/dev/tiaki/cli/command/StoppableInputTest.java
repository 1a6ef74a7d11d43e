package dev.tiaki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.junit.jupiter.api.Test;

class StoppableInputTest {
  @Test
  void everything_passes_unchanged() throws IOException {
    byte[] bytes = new byte[300_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    try (StoppableInput input = new StoppableInput(new ByteArrayInputStream(bytes))) {
      assertThat(input.readAllBytes()).isEqualTo(bytes);
      assertThat(input.read()).isEqualTo(-1);
    }
  }

  @Test
  void a_stop_ends_a_read_that_waits() throws IOException {
    try (PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream silent = new PipedInputStream(writer);
        StoppableInput input = new StoppableInput(silent)) {
      writer.write('a');
      writer.flush();
      assertThat(input.read()).isEqualTo('a');
      input.stop();
      assertThat(input.read()).isEqualTo(-1);
    }
  }
}
