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
  private boolean sealed;

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
      add(name, value);
    } else {
      edit(header, false, value);
    }
  }

  /**
   * Adds a header behind the last one, whether there is one of this name or not.
   *
   * @throws IllegalArgumentException {@code token value '%s' does not verify /%s/}
   */
  public void add(byte[] name, byte[] value) {
    requireOpen();
    headers.add(HttpHeader.added(name, value));
    edited = true;
  }

  /**
   * Changes one header.
   *
   * @param name whether its name is changed, or else its value
   * @throws IllegalArgumentException {@code token value '%s' does not verify /%s/}
   */
  public void edit(HttpHeader header, boolean name, byte[] bytes) {
    requireOpen();
    if (name) {
      header.setName(bytes);
    } else {
      header.setValue(bytes);
    }
    edited = true;
  }

  void setSealed(boolean value) {
    sealed = value;
  }

  private void requireOpen() {
    if (sealed) {
      throw HttpMessage.leftAlready();
    }
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
    requireOpen();
    if (headers.remove(header)) {
      removed.add(header);
      edited = true;
    }
  }

  boolean isEdited() {
    return edited;
  }

  /** Returns those that were removed, the added ones among them included. */
  List<HttpHeader> removed() {
    return removed;
  }
}
