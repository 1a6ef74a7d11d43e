package dev.tiaki.lua.fault;

import dev.tiaki.lua.state.ChunkName;
import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.state.LuaState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lua stacks read out of Java ones: compiled chunks carry file and line in their classes, the
 * interpreter's frames are looked up in the state, library functions are known by their package.
 */
public final class LuaTrace {
  /** The name of the class loaders that hold compiled chunks. */
  public static final String LOADER_NAME = "lua";

  /** What separates the chunk from the function in the name of a compiled class. */
  public static final String CLASS_PREFIX = "lua.";

  private static final String INTERPRETER = "org.luaj.vm2.LuaClosure";
  private static final String LIBRARIES = "dev.tiaki.lua.lib.";
  private static final String FUNCTION = "Function";
  private static final String COROUTINES = "dev.tiaki.lua.coroutine.";

  private LuaTrace() {}

  /** Returns the stack of the calling thread's running coroutine, innermost function first. */
  public static List<LuaFrame> live() {
    LuaState state = LuaState.current();
    Throwable here = new Throwable();
    List<LuaFrame> frames = new ArrayList<>();
    boolean handling = read(here.getStackTrace(), state.frame(), frames);
    Throwable handled = state.handledError();
    if (handling && handled != null) {
      read(handled.getStackTrace(), interpretedAt(state), frames);
    }
    return frames;
  }

  /** Tells whether the innermost Lua function of the calling thread is interpreted. */
  public static boolean isInterpreted() {
    for (StackTraceElement element : new Throwable().getStackTrace()) {
      if (LOADER_NAME.equals(element.getClassLoaderName())) {
        return false;
      }
      if (element.getClassName().equals(INTERPRETER) && isExecute(element)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the stack at which an error was made, innermost function first. */
  public static List<LuaFrame> of(Throwable error) {
    List<LuaFrame> frames = new ArrayList<>();
    LuaState state = LuaState.currentOrNull();
    read(error.getStackTrace(), state == null ? null : interpretedAt(state), frames);
    return frames;
  }

  private static @Nullable InterpretedFrame interpretedAt(LuaState state) {
    InterpretedFrame failed = state.failedFrame();
    return failed != null ? failed : state.frame();
  }

  /** Returns true when the reading stopped at the call of an error handler. */
  private static boolean read(
      StackTraceElement[] elements, @Nullable InterpretedFrame interpreted, List<LuaFrame> into) {
    InterpretedFrame next = interpreted;
    String library = "";
    for (StackTraceElement element : elements) {
      String className = element.getClassName();
      boolean isLibrary = className.startsWith(LIBRARIES) && isCall(element.getMethodName());
      if (isLibrary && !className.equals(library)) {
        into.add(new LuaFrame(LuaFrame.LIBRARY, -1, libraryName(className)));
      } else if (LOADER_NAME.equals(element.getClassLoaderName())) {
        into.add(compiled(element));
      } else if (next != null && className.equals(INTERPRETER) && isExecute(element)) {
        into.add(interpreted(next));
        next = next.caller();
      } else if (className.equals(ErrorHandler.class.getName())) {
        return true;
      } else if (className.startsWith(COROUTINES) && element.getMethodName().equals("runBody")) {
        return false;
      }
      library = isLibrary ? className : "";
    }
    return false;
  }

  /** A class such as PcallFunction is the function pcall; the other functions share a class. */
  private static @Nullable String libraryName(String className) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    return simple.endsWith(FUNCTION)
        ? simple.substring(0, simple.length() - FUNCTION.length()).toLowerCase(Locale.ROOT)
        : null;
  }

  private static boolean isCall(String method) {
    return method.equals("call") || method.equals("invoke");
  }

  private static boolean isExecute(StackTraceElement element) {
    return element.getMethodName().equals("execute");
  }

  private static LuaFrame compiled(StackTraceElement element) {
    String source = element.getFileName();
    String className = element.getClassName();
    int lastPart = className.lastIndexOf('$');
    String name = lastPart < 0 ? LuaFrame.MAIN : className.substring(lastPart + 1);
    boolean anonymous = Character.isDigit(name.charAt(0));
    return new LuaFrame(
        source == null ? "?" : source, element.getLineNumber(), anonymous ? null : name);
  }

  private static LuaFrame interpreted(InterpretedFrame frame) {
    String source = ChunkName.display(frame.prototype().source.tojstring());
    boolean main = frame.prototype().linedefined == 0;
    return new LuaFrame(source, frame.line(), main ? LuaFrame.MAIN : null);
  }

  /** Writes a stack the way {@code debug.traceback} does, without a message. */
  public static String describe(List<LuaFrame> frames) {
    StringBuilder text = new StringBuilder("stack traceback:");
    int shown = Math.min(frames.size(), MAX_LINES);
    for (LuaFrame frame : frames.subList(0, shown)) {
      text.append("\n\t").append(frame.describe());
    }
    if (shown < frames.size()) {
      text.append("\n\t...");
    }
    return text.toString();
  }

  /** Lines of a traceback: C Lua shows 10 levels from the top and 11 from the bottom. */
  private static final int MAX_LINES = 21;
}
