package dev.tiaki.cli.ctl;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The console at a terminal: prompts, history and completion, until ^D or {@code return}. */
final class ConsoleTerminal {
  private static final String PROMPT = ">  ";
  private static final String CONTINUED = ">> ";
  private static final String RED = "\u001b[31;1m";
  private static final String CLEAR = "\u001b[0m";

  private final ControlClient client;
  private final String worker;

  ConsoleTerminal(ControlClient client, String worker) {
    this.client = client;
    this.worker = worker;
  }

  /**
   * Runs the session; returns the exit status.
   *
   * @throws ControlFailure when there is no engine, or it ended meanwhile
   */
  int run() throws IOException {
    try (RemoteSession session = RemoteSession.open(client, worker);
        Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      LineReader reader = reader(session, terminal);
      String state = "ready";
      while (!state.equals("ended")) {
        try {
          String line = reader.readLine(state.equals("ready") ? PROMPT : CONTINUED);
          RemoteSession.Reply reply = session.enter(line);
          show(terminal, reply);
          state = reply.state();
        } catch (UserInterruptException interrupted) {
          // ^C forgets what was typed; an empty line ends what is not complete
          if (!state.equals("ready")) {
            show(terminal, session.enter(""));
          }
          state = "ready";
        } catch (EndOfFileException end) {
          return 0;
        }
      }
      return 0;
    }
  }

  private static LineReader reader(RemoteSession session, Terminal terminal) {
    // a whole line is one word: Lua knows where its names begin
    DefaultParser parser = new DefaultParser();
    parser.setEscapeChars(null);
    parser.setQuoteChars(null);
    LineReader reader =
        LineReaderBuilder.builder()
            .appName("tiaki")
            .terminal(terminal)
            .parser(parser)
            .completer((lines, parsed, found) -> complete(session, parsed, found))
            .variable(LineReader.HISTORY_FILE, history())
            .variable(LineReader.BELL_STYLE, "none")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.BRACKETED_PASTE, false)
            .build();
    return reader;
  }

  private static Path history() {
    return Path.of(System.getProperty("user.home", "."), ".tiaki_history");
  }

  private static void complete(RemoteSession session, ParsedLine parsed, List<Candidate> found) {
    String line = parsed.line().substring(0, parsed.cursor());
    int wordStart = line.length() - parsed.wordCursor();
    try {
      for (String whole : session.complete(line)) {
        if (whole.length() >= wordStart) {
          found.add(candidate(whole.substring(wordStart)));
        }
      }
    } catch (IOException gone) {
      // the next line says so
    }
  }

  private static Candidate candidate(String word) {
    return new Candidate(word, word, null, null, null, null, false);
  }

  private static void show(Terminal terminal, RemoteSession.Reply reply) {
    PrintWriter out = terminal.writer();
    boolean colored = reply.failed() && !Terminal.TYPE_DUMB.equals(terminal.getType());
    out.print(colored ? RED + reply.text().stripTrailing() + CLEAR + "\n" : reply.text());
    out.flush();
  }
}
