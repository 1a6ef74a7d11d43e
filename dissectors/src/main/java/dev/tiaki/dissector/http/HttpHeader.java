package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/** One header of a message. What is set here changes the bytes of the message when it goes on. */
public final class HttpHeader {
  private static final String NAME_PATTERN = HeadToken.NAME.pattern();
  private static final String VALUE_PATTERN = HeadToken.VALUE.pattern();

  /** The rank in the head as it was received; -1 for one that was added. */
  final int index;

  private HttpText name;
  private HttpText value;
  private boolean nameEdited;
  private boolean valueEdited;
  private @Nullable Object scriptData;

  HttpHeader(int index, HttpText name, HttpText value) {
    this.index = index;
    this.name = name;
    this.value = value;
  }

  static HttpHeader added(byte[] name, byte[] value) {
    return new HttpHeader(-1, checkedName(name), checkedValue(value));
  }

  private static HttpText checkedName(byte[] bytes) {
    if (!ByteClass.NAME.matches(bytes)) {
      throw HttpMessage.refused(bytes, NAME_PATTERN);
    }
    return HttpText.of(bytes);
  }

  /** A line end in a value would be another header, or the end of the head. */
  private static HttpText checkedValue(byte[] bytes) {
    if (!ByteClass.TEXT.matches(bytes)) {
      throw HttpMessage.refused(bytes, VALUE_PATTERN);
    }
    return HttpText.of(bytes);
  }

  /** Returns the name as it is spelled. */
  public HttpText name() {
    return name;
  }

  /** Returns the value; where it was folded (RFC 9112 section 5.2), each fold is one space. */
  public HttpText value() {
    return value;
  }

  void setName(byte[] bytes) {
    name = checkedName(bytes);
    nameEdited = true;
  }

  void setValue(byte[] bytes) {
    value = checkedValue(bytes);
    valueEdited = true;
  }

  /** Returns what rules attached to the header, or null. */
  public @Nullable Object scriptData() {
    return scriptData;
  }

  /** Attaches something to the header. */
  public void setScriptData(@Nullable Object data) {
    scriptData = data;
  }

  boolean isNameEdited() {
    return nameEdited;
  }

  boolean isValueEdited() {
    return valueEdited;
  }

  boolean isNamed(String wanted) {
    return name.equalsIgnoreCase(wanted);
  }

  /** Returns the line as it is written into a head. */
  String toLine() {
    return name + ": " + value + "\r\n";
  }

  /** Returns the value of a folded header with one space for each fold. */
  static HttpText unfolded(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, ISO_8859_1);
    return HttpText.of(text.replaceAll("[ \t]*\r?\n[ \t]+", " ").getBytes(ISO_8859_1));
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
