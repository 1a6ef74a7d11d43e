package dev.tiaki.dissector.smtp;

import dev.tiaki.engine.buffer.SubBufferStream;
import org.jspecify.annotations.Nullable;

/** The data of one mail on its way: what was read and not let go yet. */
public final class SmtpMail {
  private final SubBufferStream stream = new SubBufferStream();
  private @Nullable Object scriptData;

  SmtpMail() {}

  /** Returns the bytes, without the line that ends them. */
  public SubBufferStream stream() {
    return stream;
  }

  /** Returns what listeners attached to the mail, such as the coroutines that read it, or null. */
  public @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something to the mail. */
  public void setScriptData(@Nullable Object data) {
    scriptData = data;
  }
}
