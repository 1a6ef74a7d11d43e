package dev.tiaki.dissector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.engine.buffer.BufferIterator;
import dev.tiaki.engine.buffer.SubBuffer;
import dev.tiaki.engine.buffer.VirtualBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes what rules changed in a message head into the stream, from the last byte to the first, so
 * that offsets stay true. What was not changed keeps its bytes and its packet.
 */
final class HeadEdits {
  private HeadEdits() {}

  /** Writes the edits of {@code message}, whose head begins at {@code begin}. */
  static void apply(HttpMessage message, BufferIterator begin) {
    if (!message.isEdited()) {
      return;
    }
    HeadFields fields = message.fields();
    HttpHeaders headers = message.headers();
    append(headers, begin, fields.appendingPlace());
    Stream.concat(headers.all().stream(), headers.removed().stream())
        .filter(header -> header.index >= 0)
        .sorted(Comparator.comparingInt((HttpHeader header) -> header.index).reversed())
        .forEach(header -> write(header, headers.removed(), fields, begin));
    for (int part = 2; part >= 0; part--) {
      HttpText edit = message.lineEdit(part);
      if (edit != null) {
        replace(begin, fields.lineStart(part), fields.lineEnd(part), edit);
      }
    }
  }

  private static void append(HttpHeaders headers, BufferIterator begin, int place) {
    StringBuilder lines = new StringBuilder();
    for (HttpHeader header : headers.all()) {
      if (header.index < 0) {
        lines.append(header.toLine());
      }
    }
    if (!lines.isEmpty()) {
      at(begin, place).insert(VirtualBuffer.of(lines.toString().getBytes(ISO_8859_1)));
    }
  }

  private static void write(
      HttpHeader header, List<HttpHeader> removed, HeadFields fields, BufferIterator begin) {
    int index = header.index;
    if (removed.contains(header)) {
      range(begin, fields.nameStart(index), fields.headerEnd(index)).erase();
      return;
    }
    if (header.isValueEdited()) {
      replaceValue(header, fields, begin);
    }
    if (header.isNameEdited()) {
      replace(begin, fields.nameStart(index), fields.nameEnd(index), header.name());
    }
  }

  private static void replaceValue(HttpHeader header, HeadFields fields, BufferIterator begin) {
    int from = fields.valueStart(header.index);
    int to = fields.valueEnd(header.index);
    if (from == to) {
      at(begin, from).insert(VirtualBuffer.of(header.value().toByteArray()));
    } else {
      replace(begin, from, to, header.value());
    }
  }

  private static void replace(BufferIterator begin, int from, int to, HttpText text) {
    range(begin, from, to).replace(VirtualBuffer.of(text.toByteArray()));
  }

  private static SubBuffer range(BufferIterator begin, int from, int to) {
    return at(begin, from).sub(to - from, false);
  }

  private static BufferIterator at(BufferIterator begin, int offset) {
    BufferIterator at = begin.copy();
    at.advance(offset);
    return at;
  }
}
