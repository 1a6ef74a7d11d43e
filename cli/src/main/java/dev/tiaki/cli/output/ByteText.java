package dev.tiaki.cli.output;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Texts that carry bytes: each char is one byte (ISO 8859-1), because rules print and log bytes of
 * any kind. This is the way between them and texts that hold characters.
 */
public final class ByteText {
  private ByteText() {}

  /** Returns the bytes that {@code byteText} stands for. */
  public static byte[] bytes(String byteText) {
    return byteText.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns the byte text whose bytes are the UTF-8 form of {@code characters}. */
  public static String ofCharacters(String characters) {
    return new String(characters.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Returns the characters of {@code byteText}: as UTF-8 when it is that, else byte by byte. */
  public static String characters(String byteText) {
    if (isAscii(byteText)) {
      return byteText;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(byteText)))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return byteText;
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
