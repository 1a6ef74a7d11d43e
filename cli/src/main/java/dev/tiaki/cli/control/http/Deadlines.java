package dev.tiaki.cli.control.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections on which nothing comes: a request that is begun has to be whole in time, and
 * between two requests there may be a pause, not a long one. An answer may take its time. Stands in
 * front of the HTTP codec.
 */
final class Deadlines extends ChannelDuplexHandler {
  private enum State {
    PAUSE,
    REQUEST,
    ANSWER
  }

  private final long requestMillis;
  private final long pauseMillis;
  private State state = State.PAUSE;
  private @Nullable Future<?> timer;

  Deadlines(long requestMillis, long pauseMillis) {
    this.requestMillis = requestMillis;
    this.pauseMillis = pauseMillis;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    enter(context, State.PAUSE);
    super.channelActive(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (state == State.PAUSE) {
      enter(context, State.REQUEST);
    }
    super.channelRead(context, message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    enter(context, State.ANSWER);
    super.channelInactive(context);
  }

  /** The request is whole; on the channel's thread. */
  void answering(ChannelHandlerContext own) {
    enter(own, State.ANSWER);
  }

  /** The answer is written; on the channel's thread. */
  void answered(ChannelHandlerContext own) {
    enter(own, State.PAUSE);
  }

  private void enter(ChannelHandlerContext context, State next) {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    state = next;
    if (next != State.ANSWER) {
      long millis = next == State.REQUEST ? requestMillis : pauseMillis;
      timer =
          context.executor().schedule(() -> expired(context, next), millis, TimeUnit.MILLISECONDS);
    }
  }

  private void expired(ChannelHandlerContext context, State when) {
    if (state != when) {
      return;
    }
    if (when == State.REQUEST) {
      context
          .writeAndFlush(
              Unpooled.wrappedBuffer(
                  LastWords.octets(
                      HttpResponseStatus.REQUEST_TIMEOUT, "the request did not come in time")))
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      ChannelFuture _ = context.close();
    }
  }
}
