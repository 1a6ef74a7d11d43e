package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a message. Its parts are views of a copy of the bytes; what is set is written into
 * the stream when the listeners of the message's event have returned, and is refused later.
 */
public abstract sealed class HttpMessage permits HttpRequest, HttpResponse {
  private final byte[] head;
  private final HeadFields fields;
  private final @Nullable HttpText[] edits = new @Nullable HttpText[3];
  private @Nullable HttpHeaders headers;
  private @Nullable Object scriptData;
  private boolean sealed;

  /** Makes the message of a head that it may keep. */
  HttpMessage(byte[] head, HeadFields fields) {
    this.head = head;
    this.fields = fields;
  }

  /** Returns the text behind {@code HTTP/}, such as {@code 1.1}. */
  public abstract HttpText version();

  /** Changes the version. */
  public abstract void setVersion(byte[] text);

  /** Returns the headers. */
  public final HttpHeaders headers() {
    HttpHeaders known = headers;
    if (known == null) {
      known = new HttpHeaders(parseHeaders());
      known.setSealed(sealed);
      headers = known;
    }
    return known;
  }

  private List<HttpHeader> parseHeaders() {
    List<HttpHeader> list = new ArrayList<>(fields.headers() + 1);
    for (int i = 0; i < fields.headers(); i++) {
      list.add(new HttpHeader(i, text(fields.nameStart(i), fields.nameEnd(i)), value(i)));
    }
    return list;
  }

  private HttpText value(int header) {
    int from = fields.valueStart(header);
    int to = fields.valueEnd(header);
    boolean folded = fields.folded && ByteClass.TEXT.skip(head, from, to) < to;
    return folded ? HttpHeader.unfolded(head, from, to) : text(from, to);
  }

  private HttpText text(int from, int to) {
    return new HttpText(head, from, to - from);
  }

  final HttpText linePart(int part) {
    HttpText edit = edits[part];
    return edit == null ? text(fields.lineStart(part), fields.lineEnd(part)) : edit;
  }

  final void setLinePart(int part, byte[] bytes, ByteClass members, HeadToken token) {
    requireOpen();
    if (!members.matches(bytes)) {
      throw refused(bytes, token.pattern());
    }
    edits[part] = HttpText.of(bytes);
  }

  final void setVersionPart(int part, byte[] bytes) {
    requireOpen();
    if (!new String(bytes, ISO_8859_1).matches("[0-9]+\\.[0-9]+")) {
      throw refused(bytes, HeadToken.REQUEST_VERSION.pattern());
    }
    edits[part] = HttpText.of(bytes);
  }

  /** Says that the head has left, or may be changed once more. */
  final void setSealed(boolean value) {
    sealed = value;
    HttpHeaders known = headers;
    if (known != null) {
      known.setSealed(value);
    }
  }

  private void requireOpen() {
    if (sealed) {
      throw leftAlready();
    }
  }

  static IllegalStateException leftAlready() {
    return new IllegalStateException("http message already sent");
  }

  final @Nullable HttpText lineEdit(int part) {
    return edits[part];
  }

  final HeadFields fields() {
    return fields;
  }

  /** Tells whether anything was set. */
  public final boolean isEdited() {
    HttpHeaders known = headers;
    return (known != null && known.isEdited())
        || edits[0] != null
        || edits[1] != null
        || edits[2] != null;
  }

  /** Returns the number of bytes of the head as it was received. */
  public final int headLength() {
    return fields.end;
  }

  /** Returns what rules attached to the message, or null. */
  public final @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something to the message. */
  public final void setScriptData(@Nullable Object data) {
    scriptData = data;
  }

  static IllegalArgumentException refused(byte[] bytes, String pattern) {
    return new IllegalArgumentException(
        "token value '" + new String(bytes, ISO_8859_1) + "' does not verify /" + pattern + "/");
  }
}
