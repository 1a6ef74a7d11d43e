package dev.tiaki.lua.debugger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.text.ByteText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.luaj.vm2.LuaString;

/** The lines of a chunk with its breakpoints and the line that runs. */
final class SourceText {
  private SourceText() {}

  /**
   * Returns lines {@code first} to {@code last}, each with its number.
   *
   * @param frame the function whose source is shown; its line is marked
   */
  static String lines(InterpretedFrame frame, Breakpoints breakpoints, int first, int last) {
    LuaString source = frame.prototype().source;
    List<String> lines;
    try {
      lines = read(ByteText.of(source));
    } catch (IOException e) {
      return "cannot open '" + FrameText.source(frame) + "'\n";
    }
    StringBuilder text = new StringBuilder();
    for (int line = Math.max(1, first); line <= Math.min(last, lines.size()); line++) {
      boolean stops = breakpoints.contains(source, line);
      String mark = (stops ? "#" : "") + (line == frame.line() ? "=>" : "");
      text.append("%4d%-3s %s%n".formatted(line, mark.isEmpty() ? ":" : mark, lines.get(line - 1)));
    }
    return text.toString();
  }

  private static List<String> read(String source) throws IOException {
    String text =
        switch (source.isEmpty() ? ' ' : source.charAt(0)) {
          case '@' -> Files.readString(Path.of(source.substring(1)), ISO_8859_1);
          case '=' -> throw new IOException("no source");
          default -> source;
        };
    return text.replace("\t", "    ").lines().toList();
  }
}
