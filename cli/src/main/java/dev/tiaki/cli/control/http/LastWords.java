package dev.tiaki.cli.control.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A refusal after which the connection ends, whatever else its client sends: nothing more is read.
 * The end comes a moment later, as closing a socket with unread data may take the answer along.
 */
final class LastWords {
  private static final long MOMENT_MILLIS = 1000;

  private LastWords() {}

  /** Writes {@code message}, a response or its octets, and ends the connection. */
  static void say(Channel channel, Object message) {
    channel.config().setAutoRead(false);
    ChannelFuture _ = channel.writeAndFlush(message).addListener(written -> closeLater(channel));
  }

  private static void closeLater(Channel channel) {
    Runnable close =
        () -> {
          ChannelFuture _ = channel.close();
        };
    Future<?> _ = channel.eventLoop().schedule(close, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Returns a refusal as a response; the message must not need escapes. */
  static FullHttpResponse response(HttpResponseStatus status, String message) {
    byte[] body = body(status, message);
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    HttpUtil.setContentLength(response, body.length);
    return response;
  }

  /** Returns the same as octets, for where there is no HTTP codec. */
  static byte[] octets(HttpResponseStatus status, String message) {
    byte[] body = body(status, message);
    byte[] start =
        """
        HTTP/1.1 %s\r
        content-type: application/json\r
        connection: close\r
        content-length: %d\r
        \r
        """
            .formatted(status, body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private static byte[] body(HttpResponseStatus status, String message) {
    return "{\"error\":{\"status\":%d,\"message\":\"%s\",\"details\":[]}}\n"
        .formatted(status.code(), message)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
