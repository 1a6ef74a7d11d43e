package dev.tiaki.lua.haka;

import dev.tiaki.dissector.http.ContentDecoder;
import dev.tiaki.dissector.http.HttpAnomaly;
import dev.tiaki.dissector.http.HttpBody;
import dev.tiaki.dissector.http.HttpFlow;
import dev.tiaki.dissector.http.HttpListener;
import dev.tiaki.dissector.http.HttpMessage;
import dev.tiaki.dissector.http.HttpSettings;
import dev.tiaki.dissector.http.HttpText;
import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.engine.flow.Direction;
import dev.tiaki.lua.http.HttpLibrary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaValue;

/**
 * A rule that reads bodies as they were before they were compressed. What it gets is a copy that
 * cannot be changed.
 *
 * @param slot the rule's place among those that keep something with a body
 */
record HttpContentRule(HttpLibrary library, RuleCall call, HttpSettings settings, int slot)
    implements HttpListener.OnData {
  private static final Object PLAIN = new Object();
  private static final Object GIVEN_UP = new Object();

  @Override
  public void data(HttpFlow http, HttpBody body, BufferIterator current, Direction direction) {
    BodySlots slots = BodySlots.of(body);
    Object reader = slots.get(slot);
    if (reader == null) {
      reader = readerOf(body.message());
      slots.put(slot, reader);
    }
    SubBuffer piece = current.peekAvailable();
    if (piece != null && reader == PLAIN) {
      show(http, piece.toByteArray());
    } else if (piece != null && reader instanceof ContentDecoder decoder) {
      decode(http, slots, decoder, piece, direction);
    }
    if (body.stream().isFinished() && reader instanceof ContentDecoder decoder) {
      decoder.close();
    }
  }

  private Object readerOf(@Nullable HttpMessage message) {
    HttpText encoding = message == null ? null : message.headers().get("content-encoding");
    if (encoding == null || encoding.equalsIgnoreCase("identity")) {
      return PLAIN;
    }
    ContentDecoder decoder = ContentDecoder.of(encoding.toString(), settings);
    return decoder == null ? GIVEN_UP : decoder;
  }

  private void decode(
      HttpFlow http,
      BodySlots slots,
      ContentDecoder decoder,
      SubBuffer piece,
      Direction direction) {
    ContentDecoder.Result result =
        decoder.decode(
            piece.toByteArray(), (bytes, length) -> show(http, Arrays.copyOf(bytes, length)));
    if (result != ContentDecoder.Result.DECODED) {
      decoder.close();
      slots.put(slot, GIVEN_UP);
    }
    if (result == ContentDecoder.Result.TOO_MUCH) {
      http.anomaly(HttpAnomaly.DECOMPRESSION_BOMB, direction);
    }
  }

  private void show(HttpFlow http, byte[] bytes) {
    if (http.flow().canContinue()) {
      VirtualBuffer copy = VirtualBuffer.of(bytes);
      copy.setReadOnly();
      LuaValue sub = library.sub(copy.all());
      call.on(http.flow(), null, library.flow(http), sub, LuaValue.NIL);
    }
  }
}
