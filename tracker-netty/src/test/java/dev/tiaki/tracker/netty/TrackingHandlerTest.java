package dev.tiaki.tracker.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiaki.tracker.ConnectionTracker;
import dev.tiaki.tracker.DialerOptions;
import dev.tiaki.tracker.ListenerOptions;
import dev.tiaki.tracker.Role;
import dev.tiaki.tracker.TrackedConnection;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TrackingHandlerTest {
  private final ConnectionTracker tracker = ConnectionTracker.create();
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  private ListenerOptions listening(String category) {
    return ListenerOptions.category(category)
        .onAccept((c, e) -> events.add("accept, listed " + tracker.size()))
        .onRead(this::read)
        .onWrite((c, n, e) -> events.add("write " + n))
        .onClose((c, e) -> events.add("close, listed " + tracker.size()));
  }

  private DialerOptions dialing(String category) {
    return DialerOptions.category(category)
        .onDial((n, a, c, e) -> events.add("dial " + (e == null)))
        .onRead(this::read)
        .onWrite((c, n, e) -> events.add("write " + n))
        .onClose((c, e) -> events.add("close, listed " + tracker.size()));
  }

  private void read(TrackedConnection connection, long bytes, @Nullable IOException error) {
    events.add("read " + bytes + (error == null ? "" : " " + error.getMessage()));
  }

  @Test
  void a14_an_embedded_channel_goes_through_its_life() {
    EmbeddedChannel channel =
        new EmbeddedChannel(TrackingHandler.server(tracker, listening("netty")));
    ByteBuf in = Unpooled.copiedBuffer(new byte[] {1, 2, 3});
    channel.writeInbound(in);
    channel.writeOutbound(Unpooled.copiedBuffer(new byte[] {4, 5}));
    assertThat(tracker.connections())
        .singleElement()
        .satisfies(info -> {
          assertThat(info.role()).isEqualTo(Role.SERVER);
          assertThat(info.readBytes()).isEqualTo(3);
          assertThat(info.writtenBytes()).isEqualTo(2);
        });
    channel.pipeline().fireExceptionCaught(new IOException("broken"));
    assertThatThrownBy(channel::finishAndReleaseAll).hasMessage("broken");
    assertThat(events)
        .containsExactly(
            "accept, listed 1", "read 3", "write 2", "read 0 broken", "close, listed 0");
  }

  /** Sends back what it reads. */
  private static final class EchoHandler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }
  }

  private ServerBootstrap server(EventLoopGroup group) {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addFirst(TrackingHandler.server(tracker, ListenerOptions.category("server")))
                    .addLast(new EchoHandler());
              }
            });
  }

  @Test
  void a14_both_ends_of_a_real_connection_are_counted() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    try (EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
      Channel listening =
          server(group)
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .sync()
              .channel();
      Bootstrap client =
          new Bootstrap()
              .group(group)
              .channel(NioSocketChannel.class)
              .handler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      channel
                          .pipeline()
                          .addFirst(TrackingHandler.client(tracker, dialing("client")))
                          .addLast(
                              new ChannelInboundHandlerAdapter() {
                                @Override
                                public void channelRead(ChannelHandlerContext c, Object message) {
                                  ((ByteBuf) message).release();
                                  answered.countDown();
                                }
                              });
                    }
                  });
      Channel channel = client.connect(listening.localAddress()).sync().channel();
      channel.writeAndFlush(Unpooled.copiedBuffer(new byte[100])).sync();
      answered.await();
      assertThat(tracker.connections())
          .extracting(info -> info.category() + " " + info.writtenBytes())
          .containsExactly("client 100", "server 100");
      channel.close().sync();
      listening.close().sync();

      ChannelFuture refused = client.connect(listening.localAddress()).await();
      assertThat(refused.isSuccess()).isFalse();
    }
    assertThat(events).startsWith("dial true").endsWith("dial false");
    assertThat(tracker.size()).isZero();
  }
}
