package dev.tiaki.lua.state;

/**
 * Names of chunks: what Lua code gives ({@code @file}, {@code =text}, source) and what is shown.
 */
public final class ChunkName {
  /** Octets of source that stand for a chunk without a name, as in C Lua. */
  private static final int SHOWN_SOURCE = 45;

  private ChunkName() {}

  /** Returns a chunk's name as messages show it, {@code short_src} of C Lua. */
  public static String display(String chunkName) {
    if (chunkName.startsWith("@") || chunkName.startsWith("=")) {
      return chunkName.substring(1);
    }
    int newline = chunkName.indexOf('\n');
    String first = newline < 0 ? chunkName : chunkName.substring(0, newline);
    boolean cut = newline >= 0 || first.length() > SHOWN_SOURCE;
    String shown = first.length() > SHOWN_SOURCE ? first.substring(0, SHOWN_SOURCE) : first;
    return "[string \"" + shown + (cut ? "...\"]" : "\"]");
  }
}
