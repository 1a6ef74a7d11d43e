package dev.tiaki.dissector.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of a message in their order. Names are looked up whatever their case. */
public final class HttpHeaders {
  private final List<HttpHeader> headers;
  private final List<HttpHeader> removed = new ArrayList<>(0);
  private boolean edited;

  HttpHeaders(List<HttpHeader> headers) {
    this.headers = headers;
  }

  /** Returns all headers, duplicates included. */
  public List<HttpHeader> all() {
    return Collections.unmodifiableList(headers);
  }

  /** Returns the first header of this name, or null. */
  public @Nullable HttpHeader first(String name) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.get(i).isNamed(name)) {
        return headers.get(i);
      }
    }
    return null;
  }

  /** Returns the value of the first header of this name, or null. */
  public @Nullable HttpText get(String name) {
    HttpHeader header = first(name);
    return header == null ? null : header.value();
  }

  /**
   * Replaces the value of the first header of this name, or adds one behind the last header.
   *
   * @throws IllegalArgumentException {@code token value '%s' does not verify /%s/}
   */
  public void set(byte[] name, byte[] value) {
    HttpHeader header = first(HttpText.of(name).toString());
    if (header == null) {
      headers.add(HttpHeader.added(name, value));
    } else {
      header.setValue(value);
    }
    edited = true;
  }

  /** Removes the first header of this name; does nothing when there is none. */
  public void remove(String name) {
    HttpHeader header = first(name);
    if (header != null) {
      remove(header);
    }
  }

  /** Removes a header. */
  public void remove(HttpHeader header) {
    if (headers.remove(header)) {
      removed.add(header);
      edited = true;
    }
  }

  /** Says that a header was changed. */
  public void touch() {
    edited = true;
  }

  boolean isEdited() {
    return edited;
  }

  /** Returns those that were removed, the added ones among them included. */
  List<HttpHeader> removed() {
    return removed;
  }
}
