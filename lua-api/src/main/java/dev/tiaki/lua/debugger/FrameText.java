package dev.tiaki.lua.debugger;

import dev.tiaki.lua.state.ChunkName;
import dev.tiaki.lua.state.InterpretedFrame;

/** How functions of the stack are shown. */
final class FrameText {
  private FrameText() {}

  /** Returns {@code file:line: in function 'name'}. */
  static String of(InterpretedFrame frame) {
    return place(frame) + ": " + what(frame);
  }

  static String place(InterpretedFrame frame) {
    return source(frame) + ":" + frame.line();
  }

  /** Returns the file, or what stands in its place. */
  static String source(InterpretedFrame frame) {
    return ChunkName.display(frame.prototype().source.tojstring());
  }

  private static String what(InterpretedFrame frame) {
    if (frame.prototype().linedefined == 0) {
      return "in the main chunk";
    }
    String name = FunctionNames.of(frame);
    return "in function " + (name == null ? "<" + defined(frame) + ">" : "'" + name + "'");
  }

  private static String defined(InterpretedFrame frame) {
    return source(frame) + ":" + frame.prototype().linedefined;
  }
}
