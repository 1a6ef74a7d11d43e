package dev.tiaki.lua.fault;

import dev.tiaki.engine.rule.RuleAbort;
import dev.tiaki.lua.state.InterpretedFrame;
import dev.tiaki.lua.state.LuaState;
import dev.tiaki.lua.text.ByteText;
import java.util.List;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** What a throwable that passed through Lua code means to Lua code. */
public final class Faults {
  private Faults() {}

  /**
   * Returns the error value of something that {@code pcall} caught. What Lua code must not catch,
   * such as the end of its budget, is thrown again.
   */
  public static LuaValue caught(Throwable thrown) {
    LuaValue value = valueOf(thrown);
    LuaState state = LuaState.currentOrNull();
    if (state != null) {
      state.setFailedFrame(null);
    }
    return value;
  }

  /** As {@link #caught}, while the error is still on its way. */
  public static LuaValue valueOf(Throwable thrown) {
    return switch (thrown) {
      case Raised raised -> raised.value();
      case LuaError error when error.getCause() != null && error.getCause() != error ->
          valueOf(error.getCause());
      case LuaError error -> coreError(error);
      case RuleAbort abort -> LuaValue.NIL;
      case StackOverflowError overflow -> positioned(overflow, "stack overflow");
      case Error error -> throw error;
      default -> text(thrown);
    };
  }

  private static LuaValue text(Throwable thrown) {
    String message = thrown.getMessage();
    return LuaString.valueOf(message == null ? thrown.toString() : message);
  }

  /** An error of LuaJ itself has a position; one that other Java code made is taken as it is. */
  private static LuaValue coreError(LuaError error) {
    StackTraceElement[] elements = error.getStackTrace();
    boolean core = elements.length > 0 && elements[0].getClassName().startsWith("org.luaj.");
    if (error.getMessage() == null) {
      return LuaValue.NIL;
    }
    String message = withoutInterpreterNotes(error.getMessage());
    if (!core) {
      LuaValue object = error.getMessageObject();
      return object instanceof LuaString ? LuaString.valueOf(message) : object;
    }
    return positioned(error, CoreMessage.reworded(message));
  }

  private static LuaValue positioned(Throwable error, String message) {
    List<LuaFrame> frames = LuaTrace.of(error);
    int index = !frames.isEmpty() && frames.getFirst().isLibrary() ? 1 : 0;
    String position = index < frames.size() ? frames.get(index).position() : "";
    return ByteText.bytesOf(position.isEmpty() ? message : position + ": " + message);
  }

  /** The interpreter writes {@code source:line } before a message and a traceback behind it. */
  private static String withoutInterpreterNotes(String message) {
    LuaState state = LuaState.currentOrNull();
    InterpretedFrame frame = state == null ? null : state.failedFrame();
    if (frame == null) {
      return message;
    }
    String start = frame.prototype().source.tojstring() + ":" + frame.line() + " ";
    String end = "\n";
    if (!message.startsWith(start) || !message.endsWith(end)) {
      return message;
    }
    return message.substring(start.length(), message.length() - end.length());
  }
}
