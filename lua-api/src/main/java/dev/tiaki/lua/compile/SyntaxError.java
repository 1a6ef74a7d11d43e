package dev.tiaki.lua.compile;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.state.ChunkName;
import dev.tiaki.lua.text.ByteText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;

/** Source that is not Lua; the message has the shape {@code file:line: message}. */
public final class SyntaxError extends Raised {
  private static final long serialVersionUID = 1L;
  private static final Pattern POSITION = Pattern.compile("^(?:.*?):(\\d+): (.*)$", Pattern.DOTALL);

  private final String text;
  private final @Nullable String hint;
  private final boolean atEnd;

  private SyntaxError(String text, @Nullable String hint, boolean atEnd) {
    super(ByteText.bytesOf(text), 0);
    this.text = text;
    this.hint = hint;
    this.atEnd = atEnd;
  }

  static SyntaxError of(byte[] source, String chunkName, String parserMessage, boolean atEnd) {
    String shown = ChunkName.display(chunkName);
    String[] lines = new String(source, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
    Matcher match = POSITION.matcher(parserMessage);
    int line = match.matches() ? Integer.parseInt(match.group(1)) : 1;
    String message = ParserMessage.reworded(match.matches() ? match.group(2) : parserMessage);
    String code = line <= lines.length ? lines[line - 1] : "";
    String text = shown + ":" + line + ": " + message;
    return new SyntaxError(bytesOnly(text), SyntaxHint.of(code, message), atEnd);
  }

  private static String bytesOnly(String text) {
    return ByteText.of(LuaString.valueOf(text));
  }

  /** Returns {@code file:line: message}. */
  public String text() {
    return text;
  }

  /**
   * Tells whether the parser had come to the end: more source might make it Lua. Certain only when
   * the source ends with a line end.
   */
  public boolean isAtEnd() {
    return atEnd;
  }

  /** Returns what is probably meant, or null when there is no guess. */
  public @Nullable String hint() {
    return hint;
  }
}
