package dev.tiaki.dissector.smtp;

import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.SubBufferStream;
import org.jspecify.annotations.Nullable;

/** The data of one mail on its way: what was read and not let go yet. */
public final class SmtpMail {
  private final SubBufferStream stream = new SubBufferStream();
  private final @Nullable MailGuard guard;
  private long announcedGrowth;
  private @Nullable Object scriptData;

  /**
   * Begins a mail.
   *
   * @param inLines whether a line with a dot ends it, not the sizes of its chunks
   */
  SmtpMail(boolean inLines) {
    guard = inLines ? new MailGuard() : null;
  }

  /** Returns the bytes, without the line that ends them. */
  public SubBufferStream stream() {
    return stream;
  }

  /**
   * Puts back what no listener keeps.
   *
   * @param resizable whether the size of the chunk will be announced when it is complete
   * @return whether the server will still find the end where it is
   */
  boolean letGo(boolean resizable) {
    SubBuffer out = stream.pop();
    if (guard == null) {
      announcedGrowth = resizable ? stream.growth() : announcedGrowth;
      return stream.growth() == announcedGrowth;
    }
    if (out != null) {
      guard.pass(out, stream.isModified());
    }
    return true;
  }

  /** Tells whether a line end has to go before the line that ends the mail. */
  boolean lacksLineEnd() {
    return guard != null && guard.lacksLineEnd();
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
