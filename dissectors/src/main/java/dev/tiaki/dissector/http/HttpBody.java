package dev.tiaki.dissector.http;

import dev.tiaki.engine.buffer.SubBufferStream;
import org.jspecify.annotations.Nullable;

/** The body of one message on its way: what was read and not let go yet. */
public final class HttpBody {
  private final SubBufferStream stream = new SubBufferStream();
  private final @Nullable HttpMessage message;
  private @Nullable Object scriptData;

  HttpBody(@Nullable HttpMessage message) {
    this.message = message;
  }

  /** Returns the bytes, without chunk framing. */
  public SubBufferStream stream() {
    return stream;
  }

  /** Returns the message that the body belongs to, or null when its head was not read. */
  public @Nullable HttpMessage message() {
    return message;
  }

  /** Returns what listeners attached to the body, such as the coroutines that read it, or null. */
  public @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something to the body. */
  public void setScriptData(@Nullable Object data) {
    scriptData = data;
  }
}
