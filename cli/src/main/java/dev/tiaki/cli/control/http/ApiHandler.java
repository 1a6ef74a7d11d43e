package dev.tiaki.cli.control.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Takes whole requests of one connection, one after the other, and writes their answers. */
final class ApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Routes routes;
  private final @Nullable BearerToken token;
  private final Deadlines deadlines;

  ApiHandler(Routes routes, @Nullable BearerToken token, Deadlines deadlines) {
    this.routes = routes;
    this.token = token;
    this.deadlines = deadlines;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    deadlines.answering(context);
    boolean keep = HttpUtil.isKeepAlive(message);
    Refusal refusal = refusal(message);
    if (refusal != null) {
      write(context, refusal.reply(), keep);
      return;
    }
    Request request = read(message);
    // the next request of this connection waits in the kernel
    context.channel().config().setAutoRead(false);
    Thread.ofVirtual()
        .name("control " + request.method() + " " + request.path())
        .start(() -> {
          Reply reply = answer(request);
          context.executor().execute(() -> write(context, reply, keep));
        });
  }

  private @Nullable Refusal refusal(FullHttpRequest message) {
    if (!message.decoderResult().isSuccess()) {
      return Refusal.badRequest("this is no HTTP: " + message.decoderResult().cause().getMessage());
    }
    if (token != null && !token.isIn(message.headers().get(HttpHeaderNames.AUTHORIZATION))) {
      return Refusal.of(
          401,
          message.headers().contains(HttpHeaderNames.AUTHORIZATION)
              ? "the token is wrong"
              : "a token is needed: Authorization: Bearer …");
    }
    return null;
  }

  private static Request read(FullHttpRequest message) {
    QueryStringDecoder uri = new QueryStringDecoder(message.uri());
    Map<String, String> query = new HashMap<>();
    for (Map.Entry<String, List<String>> parameter : uri.parameters().entrySet()) {
      query.put(parameter.getKey(), parameter.getValue().getLast());
    }
    return new Request(
        message.method().name(),
        uri.path(),
        query,
        Map.of(),
        message.headers().get(HttpHeaderNames.ACCEPT, ""),
        message.content().toString(StandardCharsets.UTF_8));
  }

  private Reply answer(Request request) {
    try {
      return routes.answer(request);
    } catch (Refusal refusal) {
      return refusal.reply();
    } catch (TimeoutException | RejectedExecutionException busy) {
      return Refusal.of(503, String.valueOf(busy.getMessage())).reply();
    } catch (Exception | StackOverflowError unexpected) {
      return Refusal.of(500, unexpected.toString()).reply();
    }
  }

  private void write(ChannelHandlerContext context, Reply reply, boolean keep) {
    switch (reply) {
      case Reply.Json json ->
          whole(context, json.status(), "application/json", Json.line(json.body()), keep);
      case Reply.Text text ->
          whole(
              context,
              text.status(),
              text.contentType(),
              text.body().getBytes(StandardCharsets.UTF_8),
              keep);
      case Reply.Stream stream -> stream(context, stream);
    }
  }

  private void whole(
      ChannelHandlerContext context, int status, String type, byte[] body, boolean keep) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    if (status == HttpResponseStatus.UNAUTHORIZED.code()) {
      response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    HttpUtil.setContentLength(response, body.length);
    HttpUtil.setKeepAlive(response, keep);
    ChannelFuture written = context.writeAndFlush(response);
    if (keep) {
      deadlines.answered(context);
      context.channel().config().setAutoRead(true);
    } else {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static void stream(ChannelHandlerContext context, Reply.Stream stream) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, stream.contentType());
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    HttpUtil.setTransferEncodingChunked(response, true);
    ChannelFuture _ = context.writeAndFlush(response);
    // the reader says nothing more, but its going away has to be noticed
    context.channel().config().setAutoRead(true);
    context.pipeline().addLast(new StreamWriter(stream.pieces()));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // a broken TLS handshake, or a connection that was torn
    ChannelFuture _ = context.close();
  }
}
