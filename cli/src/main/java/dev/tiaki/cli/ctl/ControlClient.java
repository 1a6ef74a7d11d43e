package dev.tiaki.cli.ctl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a running engine over its Unix socket, one connection for each request; blocking. */
final class ControlClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MAX_ANSWER_BYTES = 64 << 20;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int FIRST_FAILURE = 400;

  private final Path socket;

  /** Makes a client of the engine that serves {@code socket}; nothing is opened yet. */
  ControlClient(Path socket) {
    this.socket = socket;
  }

  /**
   * Asks and returns the answer.
   *
   * @param body a value to send as JSON, or null
   * @throws ControlFailure when nobody answers or the answer is a refusal
   */
  JsonNode ask(String method, String path, @Nullable Object body) throws IOException {
    String text = text(method, path, body);
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ControlFailure(
          "the engine answered " + path + " with something else than JSON", true);
    }
  }

  /** As {@link #ask}, for an answer of any kind. */
  String text(String method, String path, @Nullable Object body) throws IOException {
    try (SocketChannel connection = connect()) {
      EmbeddedChannel http =
          new EmbeddedChannel(new HttpClientCodec(), new HttpObjectAggregator(MAX_ANSWER_BYTES));
      send(connection, http, method, path, body);
      FullHttpResponse answer = receive(connection, http);
      String content = answer.content().toString(StandardCharsets.UTF_8);
      int status = answer.status().code();
      answer.release();
      if (status >= FIRST_FAILURE) {
        throw new ControlFailure(refusal(status, content), true);
      }
      return content;
    }
  }

  /**
   * Passes each line of an endless answer on, until the engine ends it.
   *
   * @throws ControlFailure when nobody answers, or the answer is a refusal
   */
  void follow(String path, Consumer<String> lines) throws IOException {
    try (SocketChannel connection = connect()) {
      EmbeddedChannel http = new EmbeddedChannel(new HttpClientCodec());
      send(connection, http, "GET", path, null);
      LineCutter cutter = new LineCutter(lines);
      while (!deliver(http, cutter) && read(connection, http)) {
        // more may come
      }
    }
  }

  /** Passes on what came so far; true when that was the end. */
  private static boolean deliver(EmbeddedChannel http, LineCutter cutter) throws IOException {
    for (Object part = http.readInbound(); part != null; part = http.readInbound()) {
      if (part instanceof HttpResponse head && head.status().code() >= FIRST_FAILURE) {
        cutter.failed = head.status().code();
      }
      if (part instanceof HttpContent content) {
        cutter.add(content.content());
        content.release();
      }
      if (part instanceof LastHttpContent) {
        cutter.end();
        return true;
      }
    }
    return false;
  }

  private SocketChannel connect() throws IOException {
    if (!Files.exists(socket)) {
      throw new ControlFailure(
          "no engine is running: there is no socket "
              + socket
              + "; start one with 'tiaki run', or name its socket with --socket",
          false);
    }
    if (!Files.isWritable(socket)) {
      throw new ControlFailure(
          socket
              + ": the engine is another user's (permission denied); become "
              + Files.getOwner(socket).getName()
              + " or a member of the group of --control-group",
          false);
    }
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw new ControlFailure(
          "no engine is running: nobody serves " + socket + " any more (" + e.getMessage() + ")",
          false);
    }
  }

  private static void send(
      SocketChannel connection,
      EmbeddedChannel http,
      String method,
      String path,
      @Nullable Object body)
      throws IOException {
    byte[] content = body == null ? new byte[0] : MAPPER.writeValueAsBytes(body);
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(method),
            path,
            Unpooled.wrappedBuffer(content));
    request
        .headers()
        .set(HttpHeaderNames.HOST, "localhost")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
        .set(HttpHeaderNames.CONTENT_LENGTH, content.length);
    http.writeOutbound(request);
    for (ByteBuf out = http.readOutbound(); out != null; out = http.readOutbound()) {
      ByteBuffer bytes = out.nioBuffer();
      while (bytes.hasRemaining()) {
        connection.write(bytes);
      }
      out.release();
    }
  }

  private FullHttpResponse receive(SocketChannel connection, EmbeddedChannel http)
      throws IOException {
    while (true) {
      FullHttpResponse answer = http.readInbound();
      if (answer != null) {
        return answer;
      }
      if (!read(connection, http)) {
        throw new ControlFailure(
            socket + ": the engine closed the connection in the middle of its answer", true);
      }
    }
  }

  private static boolean read(SocketChannel connection, EmbeddedChannel http) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    if (connection.read(buffer) < 0) {
      return false;
    }
    http.writeInbound(Unpooled.wrappedBuffer(buffer.flip()));
    return true;
  }

  private static String refusal(int status, String content) {
    try {
      JsonNode message = MAPPER.readTree(content).path("error").path("message");
      if (message.isTextual()) {
        return message.textValue();
      }
    } catch (JsonProcessingException notJson) {
      // said below
    }
    return "the engine answered with status " + status;
  }

  /** Cuts what comes into lines. */
  private static final class LineCutter {
    private final Consumer<String> lines;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private int failed;

    LineCutter(Consumer<String> lines) {
      this.lines = lines;
    }

    void add(ByteBuf piece) {
      while (piece.isReadable()) {
        byte octet = piece.readByte();
        if (octet != '\n') {
          begun.write(octet);
        } else if (failed == 0) {
          pass();
        }
      }
    }

    private void pass() {
      if (begun.size() > 0) {
        lines.accept(begun.toString(StandardCharsets.UTF_8));
      }
      begun.reset();
    }

    void end() throws ControlFailure {
      if (failed != 0) {
        throw new ControlFailure(refusal(failed, begun.toString(StandardCharsets.UTF_8)), true);
      }
      pass();
    }
  }
}
