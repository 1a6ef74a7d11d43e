package dev.tiaki.cli.terminal;

import dev.tiaki.lua.interactive.Completer;
import dev.tiaki.lua.interactive.Completion;
import dev.tiaki.lua.interactive.Terminal;
import java.io.Console;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this process, with line editing, a history for the run, and completion by the tab
 * key. ^C gives the line up, ^D says that nothing more comes.
 */
public final class LocalTerminal implements Terminal {
  private final org.jline.terminal.Terminal device;
  private final LineReader reader;
  private final ReentrantLock session = new ReentrantLock();
  private Completer completer = Completer.NONE;

  private LocalTerminal(org.jline.terminal.Terminal device) {
    this.device = device;
    DefaultParser words = new DefaultParser();
    words.setQuoteChars(new char[0]);
    words.setEscapeChars(new char[0]);
    reader =
        LineReaderBuilder.builder()
            .terminal(device)
            .parser(words)
            .completer((_, line, candidates) -> complete(line, candidates))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  /** Returns the terminal; null unless standard input and output are one. */
  public static @Nullable LocalTerminal current() {
    return Holder.ONLY;
  }

  /** Opened when it is first asked for: that takes a tenth of a second. */
  private static final class Holder {
    static final @Nullable LocalTerminal ONLY = open();

    @SuppressWarnings("SystemConsoleNull") // null where the JDK's own line reader is switched off
    private static @Nullable LocalTerminal open() {
      Console console = System.console();
      if (console == null || !console.isTerminal()) {
        return null;
      }
      try {
        return new LocalTerminal(TerminalBuilder.builder().name("tiaki").system(true).build());
      } catch (IOException e) {
        return null;
      }
    }
  }

  /** Makes a terminal of a device that the caller opened. */
  static LocalTerminal over(org.jline.terminal.Terminal device) {
    return new LocalTerminal(device);
  }

  /**
   * Has {@code action} run at each ^C while no line is read. It has to go through the terminal:
   * after each line the terminal puts back whatever it knows of, and nothing else.
   */
  public void onInterrupt(Runnable action) {
    device.handle(org.jline.terminal.Terminal.Signal.INT, signal -> action.run());
  }

  /** The reader replaces the whole word at the cursor; candidates may begin in the middle of it. */
  private void complete(ParsedLine line, List<Candidate> candidates) {
    String typed = line.line().substring(0, line.cursor());
    Completion completion = completer.complete(typed);
    int wordStart = line.cursor() - line.wordCursor();
    if (completion.start() < wordStart) {
      return;
    }
    String kept = typed.substring(wordStart, completion.start());
    for (String name : completion.candidates()) {
      candidates.add(new Candidate(kept + name, name, null, null, null, null, false));
    }
  }

  @Override
  public @Nullable String readLine(String prompt, Completer names) {
    completer = names;
    try {
      return reader.readLine(prompt);
    } catch (UserInterruptException interrupted) {
      return "";
    } catch (EndOfFileException end) {
      return null;
    } finally {
      completer = Completer.NONE;
    }
  }

  @Override
  public void print(String text) {
    device.writer().print(text);
    device.writer().flush();
  }

  @Override
  public boolean hasColors() {
    String type = device.getType();
    return !type.startsWith(org.jline.terminal.Terminal.TYPE_DUMB);
  }

  @Override
  public void exclusively(Runnable body) {
    session.lock();
    try {
      body.run();
    } finally {
      session.unlock();
    }
  }
}
