package dev.tiaki.lua.lib.os;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A failed file operation as Lua returns it: nil, a message with C's words, C's errno. */
final class IoFailure {
  private static final int NO_SUCH_FILE = 2;
  private static final int INPUT_OUTPUT = 5;
  private static final int PERMISSION_DENIED = 13;

  private IoFailure() {}

  static Varargs of(String file, IOException why) {
    boolean denied =
        why instanceof AccessDeniedException
            || (why instanceof FileNotFoundException && contains(why, "Permission denied"));
    boolean missing = why instanceof NoSuchFileException || why instanceof FileNotFoundException;
    String words = denied ? "Permission denied" : missing ? "No such file or directory" : text(why);
    int errno = denied ? PERMISSION_DENIED : missing ? NO_SUCH_FILE : INPUT_OUTPUT;
    return LuaValue.varargsOf(
        LuaValue.NIL, LuaValue.valueOf(file + ": " + words), LuaValue.valueOf(errno));
  }

  private static boolean contains(IOException why, String words) {
    return text(why).contains(words);
  }

  private static String text(IOException why) {
    String message = why.getMessage();
    return message == null ? "Input/output error" : message;
  }
}
