package dev.tiaki.cli.control.event;

import java.nio.charset.StandardCharsets;

/** How events are written one after the other. */
public enum EventLayout {
  /** One JSON object a line. */
  LINES("application/x-ndjson") {
    @Override
    byte[] of(String type, byte[] json) {
      return json;
    }

    @Override
    byte[] nothing() {
      return bytes("\n");
    }
  },
  /** Server-sent events, as browsers read them: WHATWG HTML, section 9.2. */
  SERVER_SENT("text/event-stream") {
    @Override
    byte[] of(String type, byte[] json) {
      return bytes("event: " + type + "\ndata: " + new String(json, StandardCharsets.UTF_8) + "\n");
    }

    @Override
    byte[] nothing() {
      return bytes(":\n\n");
    }
  };

  private final String contentType;

  EventLayout(String contentType) {
    this.contentType = contentType;
  }

  /** Returns the media type. */
  public String contentType() {
    return contentType;
  }

  /** Returns one event; {@code json} ends with a line end. */
  abstract byte[] of(String type, byte[] json);

  /** Returns what readers pass over. */
  abstract byte[] nothing();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
