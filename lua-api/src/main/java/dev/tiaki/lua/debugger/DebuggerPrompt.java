package dev.tiaki.lua.debugger;

import dev.tiaki.lua.interactive.CapturedScope;
import dev.tiaki.lua.interactive.Completer;
import dev.tiaki.lua.interactive.Completion;
import dev.tiaki.lua.interactive.InteractiveSession;
import dev.tiaki.lua.interactive.Terminal;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.state.InterpretedFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;

/** One stop of the debugger: commands until one of them runs the program on. */
final class DebuggerPrompt implements Completer {
  private static final String PROMPT = "debug>  ";
  private static final int LISTED_AROUND = 5;

  private final LuaRuntime runtime;
  private final Breakpoints breakpoints;
  private final Terminal terminal;
  private final List<InterpretedFrame> stack = new ArrayList<>();
  private final Values values;
  private int current;
  private int listFrom;
  private String last = "";
  private InteractiveSession session;

  DebuggerPrompt(
      LuaRuntime runtime, Breakpoints breakpoints, Terminal terminal, InterpretedFrame innermost) {
    this.runtime = runtime;
    this.breakpoints = breakpoints;
    this.terminal = terminal;
    for (InterpretedFrame at = innermost; at != null; at = at.caller()) {
      stack.add(at);
    }
    values = new Values(runtime);
    session = new InteractiveSession(runtime, CapturedScope.of(innermost));
    listFrom = innermost.line() - LISTED_AROUND;
  }

  /** Runs the prompt and returns where to stop next. */
  Stepping run(int worker, @Nullable String reason, boolean withBacktrace) {
    if (reason != null) {
      say("entering debugger: " + reason);
    }
    say("thread: " + worker);
    if (withBacktrace) {
      backtrace();
    }
    terminal.print(SourceText.lines(frame(), breakpoints, frame().line(), frame().line()));
    while (true) {
      String line = terminal.readLine(PROMPT, this);
      if (line == null) {
        say("");
        return new Stepping.Free();
      }
      Stepping next = command(line.strip());
      if (next != null) {
        return next;
      }
    }
  }

  private @Nullable Stepping command(String typed) {
    String line = typed.isEmpty() ? last : typed;
    if (line.isEmpty()) {
      return null;
    }
    int space = line.indexOf(' ');
    String word = space < 0 ? line : line.substring(0, space);
    String option = space < 0 ? "" : line.substring(space + 1).strip();
    Command command = Command.named(word);
    if (command == null) {
      say("invalid command '" + line + "'");
      return null;
    }
    last = line;
    return switch (command) {
      case NEXT -> new Stepping.Over(stack.getFirst());
      case STEP -> new Stepping.Into();
      case FINISH -> new Stepping.Out(stack.getFirst());
      case CONTINUE -> new Stepping.Free();
      default -> {
        show(command, option);
        yield null;
      }
    };
  }

  private void show(Command command, String option) {
    switch (command) {
      case BACKTRACE -> backtrace();
      case FRAME -> change(option);
      case STACK -> list("stack", values.registers(frame()), option);
      case LOCAL -> list("local", values.of(CapturedScope.locals(frame())), option);
      case UPVALUE -> list("up-value", values.of(CapturedScope.upvalues(frame())), option);
      case PRINT -> terminal.print(session.evaluate(option).text());
      case LIST -> listSource(option);
      case BREAK -> setBreakpoint(option);
      case REMOVE_BREAK -> removeBreakpoint(option);
      default -> {
        for (Command each : Command.values()) {
          say(each.help());
        }
      }
    }
  }

  private InterpretedFrame frame() {
    return stack.get(current);
  }

  private void say(String line) {
    terminal.print(line + "\n");
  }

  private void backtrace() {
    say("Backtrace");
    for (int i = 0; i < stack.size(); i++) {
      say((i == current ? " =>" : "  #") + i + "\t" + FrameText.of(stack.get(i)));
    }
  }

  private void change(String option) {
    int index = number(option, current);
    if (index < 0 || index >= stack.size()) {
      say("invalid frame index '" + option + "'");
      return;
    }
    current = index;
    listFrom = frame().line() - LISTED_AROUND;
    LuaTable scope = CapturedScope.of(frame());
    session = new InteractiveSession(runtime, scope);
    say("  #" + index + "\t" + FrameText.of(frame()));
  }

  private void list(String what, List<String> lines, String option) {
    if (option.isEmpty()) {
      for (int i = 0; i < lines.size(); i++) {
        terminal.print("  #" + (i + 1) + "\t" + lines.get(i));
      }
      return;
    }
    int index = number(option, 0);
    if (index < 1 || index > lines.size()) {
      say("invalid " + what + " index '" + option + "'");
    } else {
      terminal.print("  #" + index + "\t" + lines.get(index - 1));
    }
  }

  private void listSource(String option) {
    switch (option) {
      case "", "+" -> {}
      case "-" -> listFrom -= 2 * (2 * LISTED_AROUND + 1);
      default -> listFrom = number(option, frame().line()) - LISTED_AROUND;
    }
    listFrom = Math.max(1, listFrom);
    int end = listFrom + 2 * LISTED_AROUND;
    terminal.print(SourceText.lines(frame(), breakpoints, listFrom, end));
    listFrom = end + 1;
  }

  private void setBreakpoint(String option) {
    int line = number(option, frame().line());
    if (line < 1) {
      say("invalid line '" + option + "'");
      return;
    }
    breakpoints.add(frame().prototype().source, line);
    say("breakpoint added at '" + FrameText.source(frame()) + ":" + line + "'");
  }

  private void removeBreakpoint(String option) {
    int line = number(option, frame().line());
    boolean removed = breakpoints.remove(frame().prototype().source, line);
    String place = "'" + FrameText.source(frame()) + ":" + line + "'";
    say(removed ? "breakpoint removed from " + place : "no breakpoint at " + place);
  }

  /** Returns the number typed, {@code otherwise} when there is none, or -1 for anything else. */
  private static int number(String option, int otherwise) {
    if (option.isEmpty()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(option);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public Completion complete(String line) {
    if (line.startsWith("p ") || line.startsWith("print ")) {
      return session.complete(line);
    }
    List<String> words =
        Arrays.stream(Command.values())
            .map(Command::word)
            .filter(word -> word.startsWith(line))
            .sorted()
            .toList();
    return words.isEmpty() ? Completion.NOTHING : new Completion(0, words);
  }
}
