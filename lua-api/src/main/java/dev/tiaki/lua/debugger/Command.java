package dev.tiaki.lua.debugger;

import org.jspecify.annotations.Nullable;

/** What can be typed at the debugger's prompt. */
enum Command {
  BACKTRACE("bt", null, "bt               list the functions that are running"),
  FRAME("frame", "f", "frame N, f N     look at function N of the list"),
  STACK("stack", null, "stack [N]        show the registers of the function, or one of them"),
  LOCAL("local", null, "local [N]        show its local variables, or one of them"),
  UPVALUE("upvalue", null, "upvalue [N]      show the variables that it captured, or one of them"),
  PRINT("print", "p", "print EXP, p EXP evaluate an expression where it stands"),
  LIST(
      "list", "l", "list [+|-|N], l  show its source: around the line, the next or previous lines"),
  BREAK("break", "b", "break [N], b [N] stop at this line, or at line N of the same file"),
  REMOVE_BREAK("removebreak", "rb", "removebreak [N]  do so no longer (also rb)"),
  NEXT("next", "n", "next, n          run to the next line, over the functions it calls"),
  STEP("step", "s", "step, s          run to the next line, into the functions it calls"),
  FINISH("finish", null, "finish           run until the function has returned"),
  CONTINUE("continue", "c", "continue, c      run on"),
  HELP("help", null, "help             show this list");

  private final String word;
  private final @Nullable String shortWord;
  private final String help;

  Command(String word, @Nullable String shortWord, String help) {
    this.word = word;
    this.shortWord = shortWord;
    this.help = help;
  }

  String word() {
    return word;
  }

  String help() {
    return help;
  }

  /** Returns the command of this name, or null. */
  static @Nullable Command named(String typed) {
    for (Command command : values()) {
      if (typed.equals(command.word) || typed.equals(command.shortWord)) {
        return command;
      }
    }
    return null;
  }
}
