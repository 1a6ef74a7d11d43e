package dev.tiaki.cli.control.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Writes an endless answer as its reader takes it: while the socket is full nothing is taken from
 * the source, which bounds what it keeps. On the channel's thread but {@link #ready}.
 */
final class StreamWriter extends ChannelInboundHandlerAdapter {
  private static final long HEARTBEAT_SECONDS = 15;

  private final PieceSource source;
  private final AtomicBoolean asked = new AtomicBoolean();
  private @Nullable Future<?> heartbeat;

  StreamWriter(PieceSource source) {
    this.source = source;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    Channel channel = context.channel();
    channel.closeFuture().addListener(closed -> source.close());
    source.whenReady(() -> ready(context));
    heartbeat =
        context
            .executor()
            .scheduleAtFixedRate(
                () -> beat(context), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    ready(context);
  }

  /** There is something to write; any thread. */
  private void ready(ChannelHandlerContext context) {
    if (asked.compareAndSet(false, true)) {
      context.executor().execute(() -> write(context));
    }
  }

  private void write(ChannelHandlerContext context) {
    asked.set(false);
    boolean any = false;
    while (context.channel().isWritable()) {
      byte[] piece = source.poll();
      if (piece == null) {
        break;
      }
      ChannelFuture _ = context.write(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
      any = true;
    }
    if (any) {
      context.flush();
    }
  }

  private void beat(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      ChannelFuture _ =
          context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(source.heartbeat())));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    if (context.channel().isWritable()) {
      ready(context);
    }
    super.channelWritabilityChanged(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    if (heartbeat != null) {
      heartbeat.cancel(false);
    }
    super.channelInactive(context);
  }
}
