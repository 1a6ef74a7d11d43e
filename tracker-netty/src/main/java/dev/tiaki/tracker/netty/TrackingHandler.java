package dev.tiaki.tracker.netty;

import dev.tiaki.tracker.Addresses;
import dev.tiaki.tracker.ConnectionTracker;
import dev.tiaki.tracker.DialerOptions;
import dev.tiaki.tracker.ListenerOptions;
import dev.tiaki.tracker.Role;
import dev.tiaki.tracker.TrackedConnection;
import dev.tiaki.tracker.TrackingOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Tracks one channel; add it first to the pipeline, where it sees the bytes on the wire.
 *
 * <pre>{@code
 * bootstrap.childHandler(new ChannelInitializer<SocketChannel>() {
 *   protected void initChannel(SocketChannel channel) {
 *     channel.pipeline().addFirst(TrackingHandler.server(tracker, ListenerOptions.category("web")));
 *   }
 * });
 * }</pre>
 *
 * <p>A channel is listed from active to inactive: when the peer closes, Netty closes, and the entry
 * goes. Bytes written are counted when their write succeeded.
 */
public final class TrackingHandler extends ChannelDuplexHandler {
  private final ConnectionTracker tracker;
  private final Role role;
  private final TrackingOptions options;
  private @Nullable TrackedConnection connection;
  private @Nullable String requested;

  private TrackingHandler(ConnectionTracker tracker, Role role, TrackingOptions options) {
    this.tracker = tracker;
    this.role = role;
    this.options = options;
  }

  /** Returns a handler for a channel that was accepted; each channel needs its own. */
  public static TrackingHandler server(ConnectionTracker tracker, ListenerOptions options) {
    return new TrackingHandler(tracker, Role.SERVER, options.tracking());
  }

  /** Returns a handler for a channel that connects; each channel needs its own. */
  public static TrackingHandler client(ConnectionTracker tracker, DialerOptions options) {
    return new TrackingHandler(tracker, Role.CLIENT, options.tracking());
  }

  /** Returns the entry in the tracker's list, or null while the channel is not active. */
  public @Nullable TrackedConnection tracked() {
    return connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (context.channel().isActive()) {
      register(context);
    }
  }

  @Override
  public void connect(
      ChannelHandlerContext context,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise)
      throws Exception {
    String address = Addresses.text(remote);
    requested = address;
    ChannelPromise watched = promise.unvoid();
    watched.addListener(future -> {
      if (!future.isSuccess()) {
        tracker.reportDial(options, address, null, asIoException(future.cause()));
      }
    });
    super.connect(context, remote, local, watched);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    register(context);
    super.channelActive(context);
  }

  private void register(ChannelHandlerContext context) {
    if (connection != null) {
      return;
    }
    SocketAddress local = context.channel().localAddress();
    SocketAddress remote = context.channel().remoteAddress();
    TrackedConnection made = tracker.register(() -> close(context), local, remote, role, options);
    connection = made;
    if (role == Role.SERVER) {
      tracker.reportAccept(options, Addresses.text(local), made, null);
    } else {
      String address = requested;
      tracker.reportDial(options, address == null ? Addresses.text(remote) : address, made, null);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    TrackedConnection tracked = connection;
    if (tracked != null) {
      tracked.addRead(bytesIn(message));
    }
    super.channelRead(context, message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    long bytes = bytesIn(message);
    ChannelPromise watched = promise.unvoid();
    watched.addListener(future -> written((ChannelFuture) future, bytes));
    super.write(context, message, watched);
  }

  private void written(ChannelFuture future, long bytes) {
    TrackedConnection tracked = connection;
    if (tracked != null) {
      tracked.reportWrite(
          future.isSuccess() ? bytes : 0,
          future.isSuccess() ? null : asIoException(future.cause()));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    TrackedConnection tracked = connection;
    if (tracked != null) {
      tracked.reportRead(0, asIoException(cause));
    }
    super.exceptionCaught(context, cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    TrackedConnection tracked = connection;
    if (tracked != null) {
      tracked.closedByItself(null);
    }
    super.channelInactive(context);
  }

  // Netty closes later, in its own thread; channelInactive tells when
  @SuppressWarnings("FutureReturnValueIgnored")
  private static void close(ChannelHandlerContext context) {
    context.channel().close();
  }

  private static long bytesIn(Object message) {
    return switch (message) {
      case ByteBuf buffer -> buffer.readableBytes();
      case ByteBufHolder holder -> holder.content().readableBytes();
      case FileRegion region -> region.count();
      default -> 0;
    };
  }

  private static IOException asIoException(@Nullable Throwable cause) {
    return cause instanceof IOException io ? io : new IOException(cause);
  }
}
