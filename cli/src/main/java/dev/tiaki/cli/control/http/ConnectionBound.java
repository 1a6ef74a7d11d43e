package dev.tiaki.cli.control.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections there may be at once; one too many is told so and closed. */
final class ConnectionBound {
  private final int max;
  private final boolean plain;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * Makes a bound.
   *
   * @param plain whether those that are refused can be told why, without TLS
   */
  ConnectionBound(int max, boolean plain) {
    this.max = max;
    this.plain = plain;
  }

  /** Takes a connection in; false when it was refused and is being closed. */
  boolean admits(Channel channel) {
    channel.closeFuture().addListener(closed -> open.decrementAndGet());
    int now = open.incrementAndGet();
    if (now <= max) {
      return true;
    }
    if (plain && now <= 2 * max) {
      LastWords.say(
          channel,
          Unpooled.wrappedBuffer(
              LastWords.octets(
                  HttpResponseStatus.SERVICE_UNAVAILABLE, "too many connections at once")));
    } else {
      // nobody is told any more, or telling would be the flood
      ChannelFuture _ = channel.close();
    }
    return false;
  }
}
