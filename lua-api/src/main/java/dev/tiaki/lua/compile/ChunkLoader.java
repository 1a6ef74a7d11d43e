package dev.tiaki.lua.compile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tiaki.lua.state.ChunkName;
import dev.tiaki.lua.state.LuaState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.compiler.LuaC;

/** Turns Lua source into functions. */
public final class ChunkLoader implements Globals.Loader {
  /** Rules may load chunks for ever; nobody reads so many lines. */
  private static final int MOST_REMEMBERED = 100;

  private final LuaEngine engine;
  private final StateClassLoader classes;
  private final List<InterpretedChunk> interpreted = new ArrayList<>();

  /** Makes a loader that defines its classes below {@code classes}. */
  public ChunkLoader(LuaEngine engine, StateClassLoader classes) {
    this.engine = engine;
    this.classes = classes;
  }

  /**
   * Compiles a chunk.
   *
   * @param source the bytes of the source
   * @param chunkName {@code @file}, {@code =text} or the source itself, as Lua's {@code load} takes
   * @param environment the table of the chunk's global variables
   * @throws SyntaxError when the source is not Lua
   */
  public LuaFunction load(byte[] source, String chunkName, LuaValue environment) {
    Prototype prototype = parse(source, chunkName);
    if (engine == LuaEngine.COMPILED && opensSessions(source)) {
      return interpret(prototype, chunkName, environment, InterpretedChunk.Reason.SESSIONS);
    }
    return load(prototype, chunkName, environment);
  }

  /** Only the interpreter's functions show their locals. */
  private static boolean opensSessions(byte[] source) {
    String text = new String(source, ISO_8859_1);
    return text.contains("debug.interactive") || text.contains("debug.debugger");
  }

  /**
   * As {@link #load}, but always interpreted: for code that runs once.
   *
   * @throws SyntaxError when the source is not Lua
   */
  public LuaFunction loadInterpreted(byte[] source, String chunkName, LuaValue environment) {
    return closure(parse(source, chunkName), environment);
  }

  /** The interpreter calls its hooks only for functions that were made with the globals. */
  private static LuaClosure closure(Prototype prototype, LuaValue environment) {
    LuaClosure made = new LuaClosure(prototype, LuaState.current().globals());
    if (made.upValues.length > 0) {
      made.upValues[0].setValue(environment);
    }
    return made;
  }

  private static Prototype parse(byte[] source, String chunkName) {
    SourceStream stream = new SourceStream(source);
    try {
      return LuaC.instance.compile(stream, chunkName);
    } catch (IOException | LuaError e) {
      String message = String.valueOf(e.getMessage());
      throw SyntaxError.of(source, chunkName, message, stream.isAtEnd());
    } catch (ArrayIndexOutOfBoundsException | StackOverflowError e) {
      throw SyntaxError.of(source, chunkName, "chunk is nested too deeply", false);
    }
  }

  @Override
  public LuaFunction load(Prototype prototype, String chunkName, LuaValue environment) {
    if (engine == LuaEngine.INTERPRETED) {
      return closure(prototype, environment);
    }
    if (!ClassSize.fits(prototype)) {
      return interpret(prototype, chunkName, environment, InterpretedChunk.Reason.TOO_BIG);
    }
    if (CapturedLocals.areTangled(prototype)) {
      return interpret(prototype, chunkName, environment, InterpretedChunk.Reason.CAPTURED_LOCALS);
    }
    try {
      return compiled(prototype, chunkName, environment);
    } catch (LinkageError | RuntimeException | ReflectiveOperationException e) {
      // a class file holds 64 KB of code in a method and 64 K constants, and LuaJC gives up on
      // some functions; the interpreter takes all
      return interpret(prototype, chunkName, environment, InterpretedChunk.Reason.REFUSED);
    }
  }

  private LuaFunction interpret(
      Prototype prototype, String chunkName, LuaValue environment, InterpretedChunk.Reason reason) {
    boolean isOurs = chunkName.startsWith("="); // nothing that a rule author could change
    if (!isOurs && interpreted.size() < MOST_REMEMBERED) {
      interpreted.add(new InterpretedChunk(ChunkName.display(chunkName), reason));
    }
    return closure(prototype, environment);
  }

  private LuaFunction compiled(Prototype prototype, String chunkName, LuaValue environment)
      throws ReflectiveOperationException {
    LoopsAtStart.shift(prototype);
    LoopExits.move(prototype);
    String shown = ChunkName.display(chunkName);
    GeneratedClass generated = GeneratedClass.of(prototype, className(shown), shown);
    ChunkClassLoader loader = new ChunkClassLoader(classes);
    loader.add(generated);
    return loader.instantiate(generated.name(), environment);
  }

  /** Returns the chunks that are interpreted though they were to be compiled, the first 100. */
  public List<InterpretedChunk> interpretedChunks() {
    return List.copyOf(interpreted);
  }

  private static String className(String shown) {
    StringBuilder name = new StringBuilder("lua.");
    for (int i = 0; i < shown.length() && i < 64; i++) {
      char c = shown.charAt(i);
      name.append(Character.isJavaIdentifierPart(c) && c != '$' ? c : '_');
    }
    return name.append('_').toString();
  }
}
