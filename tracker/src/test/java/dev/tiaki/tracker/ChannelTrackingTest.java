package dev.tiaki.tracker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChannelTrackingTest {
  private final ConnectionTracker tracker = ConnectionTracker.create();
  private final List<String> events = new ArrayList<>();
  private final DialerOptions options =
      DialerOptions.category("nio")
          .onDial((n, a, c, e) -> events.add("dial " + (e == null)))
          .onClose((c, e) -> events.add("close " + c.readBytes() + "/" + c.writtenBytes()));

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Test
  void a_blocking_channel_counts_scattered_and_gathered_bytes(@TempDir Path folder)
      throws IOException {
    try (Echo echo = new Echo(Echo.loopback())) {
      TrackedSocketChannel channel =
          tracker.channels().connect(SocketChannel.open(), address(echo.port()), options);
      ByteBuffer[] parts = {
        ByteBuffer.wrap("ab".getBytes(US_ASCII)), ByteBuffer.wrap("cde".getBytes(US_ASCII))
      };
      assertThat(channel.write(parts)).isEqualTo(5);
      Path file = Files.write(folder.resolve("file"), new byte[1_000]);
      try (FileChannel source = FileChannel.open(file)) {
        assertThat(source.transferTo(0, 1_000, channel)).isEqualTo(1_000);
      }
      ByteBuffer answer = ByteBuffer.allocate(1_005);
      while (answer.hasRemaining()) {
        channel.read(answer);
      }
      channel.close();
      assertThat(events).containsExactly("dial true", "close 1005/1005");
      assertThat(tracker.size()).isZero();
    }
  }

  @Test
  void a_channel_that_cannot_connect_tells_why() throws IOException {
    int nobody;
    try (ServerSocket closed = Echo.loopback()) {
      nobody = closed.getLocalPort();
    }
    try (SocketChannel channel = SocketChannel.open()) {
      assertThatThrownBy(() -> tracker.channels().connect(channel, address(nobody), options))
          .isInstanceOf(IOException.class);
    }
    assertThat(events).containsExactly("dial false");
  }

  @Test
  void a_selector_loop_counts_through_its_handle() throws IOException {
    try (Echo echo = new Echo(Echo.loopback());
        Selector selector = Selector.open()) {
      SocketChannel raw = SocketChannel.open(address(echo.port()));
      TrackedConnection handle = tracker.channels().register(raw, Role.CLIENT, options.tracking());
      raw.configureBlocking(false);
      raw.register(selector, SelectionKey.OP_READ, handle);
      TrackedSocketChannel counted = TrackedSocketChannel.over(handle);
      counted.write(ByteBuffer.wrap("hello".getBytes(US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(5);
      while (answer.hasRemaining()) {
        selector.select();
        selector.selectedKeys().clear();
        handle.addRead(raw.read(answer));
      }
      handle.close();
      assertThat(events).containsExactly("close 5/5");
    }
  }

  @Test
  void an_asynchronous_channel_counts_before_the_handler_runs() throws Exception {
    try (Echo echo = new Echo(Echo.loopback())) {
      AsynchronousSocketChannel raw = AsynchronousSocketChannel.open();
      raw.connect(address(echo.port())).get();
      TrackedAsynchronousSocketChannel channel =
          tracker.channels().asynchronous(raw, Role.CLIENT, options.tracking());
      assertThat(channel.write(ByteBuffer.wrap("hello".getBytes(US_ASCII))).get()).isEqualTo(5);
      ByteBuffer answer = ByteBuffer.allocate(5);
      while (answer.hasRemaining()) {
        int before = (int) channel.tracked().readBytes();
        int count = channel.read(answer).get();
        assertThat(channel.tracked().readBytes()).isEqualTo(before + count);
      }
      channel.close();
      assertThat(events).containsExactly("close 5/5");
    }
  }
}
