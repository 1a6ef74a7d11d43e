package dev.tiaki.cli.control.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/** Puts requests together; one whose body is too large is refused before the body is read. */
final class WholeRequests extends HttpObjectAggregator {
  WholeRequests(int maxBodyBytes) {
    super(maxBodyBytes);
  }

  /** A client that waits for leave to send its body gets it, or the refusal. */
  @Override
  protected @Nullable Object newContinueResponse(
      HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
    boolean waits = start.headers().contains(HttpHeaderNames.EXPECT);
    return waits && HttpUtil.getContentLength(start, -1L) > maxContentLength
        ? null
        : super.newContinueResponse(start, maxContentLength, pipeline);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    LastWords.say(
        context.channel(),
        LastWords.response(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            "a body has at most " + maxContentLength() + " bytes"));
  }
}
