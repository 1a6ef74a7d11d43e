package dev.tiaki.cli.control.http;

import dev.tiaki.tracker.ConnectionTracker;
import dev.tiaki.tracker.ListenerOptions;
import dev.tiaki.tracker.netty.TrackingHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Serves resources over HTTP/1.1, at Unix sockets and over TLS. One thread moves bytes; each
 * request is answered by a virtual thread of its own. Connections, heads, bodies and the time that
 * a request may take to arrive are bounded.
 */
public final class HttpServer implements AutoCloseable {
  /** A larger body is refused by status 413, unread. */
  public static final int MAX_BODY_BYTES = 1 << 16;

  /** So many connections there may be at each place; one more is refused by status 503. */
  public static final int MAX_CONNECTIONS = 256;

  private static final int MAX_LINE_BYTES = 4096;
  private static final int MAX_HEAD_BYTES = 8192;
  private static final int BACKLOG = 1024;
  private static final long REQUEST_MILLIS = 10_000;
  private static final long PAUSE_MILLIS = 60_000;
  private static final long CLOSE_SECONDS = 2;

  static {
    // Netty else looks for a hardware address to name its channels by, and warns three times where
    // there is none; the names are seen in its own debug messages alone
    System.getProperties().putIfAbsent("io.netty.machineId", "00:00:00:00:00:00");
  }

  private final Routes routes;
  private final ConnectionTracker tracker;
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("control", true), NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final long requestMillis;
  private @Nullable SocketFile file;

  /**
   * Makes a server that is bound to nothing yet.
   *
   * @param tracker lists who is connected, in the categories {@code unix} and {@code tcp}
   */
  public HttpServer(Routes routes, ConnectionTracker tracker) {
    this(routes, tracker, REQUEST_MILLIS);
  }

  /** As the other constructor; a request has to be whole in so many milliseconds. */
  HttpServer(Routes routes, ConnectionTracker tracker, long requestMillis) {
    this.routes = routes;
    this.tracker = tracker;
    this.requestMillis = requestMillis;
  }

  /**
   * Serves at a Unix socket too.
   *
   * @param group who may use it beside its owner, or null
   * @throws IOException when it cannot be made, is served by another process, or is another file
   */
  public void listen(Path socket, @Nullable String group) throws IOException {
    SocketFile made = SocketFile.prepare(socket, group);
    try {
      bind(NioServerDomainSocketChannel.class, made.address(), "unix", null, null);
      made.publish();
      file = made;
    } catch (IOException e) {
      made.discard();
      throw e;
    }
  }

  /**
   * Serves over TCP too, by TLS, those who know the token.
   *
   * @return the address that it got; the port 0 takes any
   * @throws IOException when it cannot be taken
   */
  public InetSocketAddress listen(InetSocketAddress address, Tls tls, BearerToken token)
      throws IOException {
    Channel bound = bind(NioServerSocketChannel.class, address, "tcp", tls.load(), token);
    return (InetSocketAddress) bound.localAddress();
  }

  private Channel bind(
      Class<? extends ServerChannel> kind,
      SocketAddress address,
      String category,
      @Nullable SslContext tls,
      @Nullable BearerToken token)
      throws IOException {
    ConnectionBound bound = new ConnectionBound(MAX_CONNECTIONS, tls == null);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(kind)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 15, 1 << 16))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channels.add(channel);
                    if (bound.admits(channel)) {
                      fill(channel.pipeline(), category, tls, token);
                    }
                  }
                });
    ChannelFuture future = bootstrap.bind(address).awaitUninterruptibly();
    if (!future.isSuccess()) {
      throw new IOException(
          "control API at %s: %s".formatted(address, future.cause().getMessage()), future.cause());
    }
    channels.add(future.channel());
    return future.channel();
  }

  private void fill(
      ChannelPipeline pipeline,
      String category,
      @Nullable SslContext tls,
      @Nullable BearerToken token) {
    Deadlines deadlines = new Deadlines(requestMillis, PAUSE_MILLIS);
    pipeline.addLast(TrackingHandler.server(tracker, ListenerOptions.category(category)));
    if (tls != null) {
      pipeline.addLast(tls.newHandler(pipeline.channel().alloc()));
    }
    pipeline.addLast(deadlines);
    pipeline.addLast(new HttpServerCodec(MAX_LINE_BYTES, MAX_HEAD_BYTES, MAX_BODY_BYTES));
    pipeline.addLast(new WholeRequests(MAX_BODY_BYTES));
    pipeline.addLast(new FlowControlHandler());
    pipeline.addLast(new ApiHandler(routes, token, deadlines));
  }

  @Override
  public void close() throws IOException {
    channels.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    loop.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    if (file != null) {
      file.remove();
    }
  }
}
