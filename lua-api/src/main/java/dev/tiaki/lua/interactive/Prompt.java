package dev.tiaki.lua.interactive;

import dev.tiaki.lua.interactive.SessionReply.State;

/**
 * A session at a terminal, line by line until it ends.
 *
 * @param first what stands before a line
 * @param continued what stands before the rest of a line that is not complete
 */
public record Prompt(String first, String continued) {
  /** Haka's prompts. */
  public static final Prompt DEFAULT = new Prompt(">  ", ">> ");

  private static final String RED = "\u001b[31;1m";
  private static final String CLEAR = "\u001b[0m";

  /** Runs {@code session} until ^D or {@code return}. */
  public void run(InteractiveSession session, Terminal terminal) {
    terminal.exclusively(() -> {
      State state = State.READY;
      while (state != State.ENDED) {
        String line = terminal.readLine(state == State.READY ? first : continued, session);
        if (line == null) {
          terminal.print("\n");
          return;
        }
        SessionReply reply = session.enter(line);
        show(reply, terminal);
        state = reply.state();
      }
    });
  }

  private static void show(SessionReply reply, Terminal terminal) {
    boolean colored = reply.failed() && terminal.hasColors();
    terminal.print(colored ? RED + reply.text().stripTrailing() + CLEAR + "\n" : reply.text());
  }
}
