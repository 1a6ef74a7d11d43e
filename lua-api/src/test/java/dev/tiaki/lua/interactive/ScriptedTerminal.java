package dev.tiaki.lua.interactive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types prepared lines and keeps what a person would see, prompts and typed lines included. */
public final class ScriptedTerminal implements Terminal {
  private final Deque<String> lines;
  private final StringBuilder seen = new StringBuilder();
  private final boolean colors;

  /** Types these lines, then ^D for ever. */
  public ScriptedTerminal(String... lines) {
    this(false, lines);
  }

  ScriptedTerminal(boolean colors, String... lines) {
    this.colors = colors;
    this.lines = new ArrayDeque<>(List.of(lines));
  }

  @Override
  public @Nullable String readLine(String prompt, Completer completer) {
    String line = lines.poll();
    seen.append(prompt).append(line == null ? "^D" : line + "\n");
    return line;
  }

  @Override
  public void print(String text) {
    seen.append(text);
  }

  @Override
  public boolean hasColors() {
    return colors;
  }

  @Override
  public void exclusively(Runnable session) {
    session.run();
  }

  /** Returns what was seen so far. */
  public String seen() {
    return seen.toString();
  }
}
