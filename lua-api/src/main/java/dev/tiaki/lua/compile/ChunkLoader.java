package dev.tiaki.lua.compile;

import dev.tiaki.lua.state.ChunkName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.compiler.LuaC;

/** Turns Lua source into functions. */
public final class ChunkLoader implements Globals.Loader {
  private final LuaEngine engine;
  private final StateClassLoader classes;
  private int interpretedChunks;

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
    return load(parse(source, chunkName), chunkName, environment);
  }

  private static Prototype parse(byte[] source, String chunkName) {
    try {
      return LuaC.instance.compile(new ByteArrayInputStream(source), chunkName);
    } catch (IOException | LuaError e) {
      throw SyntaxError.of(source, chunkName, String.valueOf(e.getMessage()));
    } catch (ArrayIndexOutOfBoundsException | StackOverflowError e) {
      throw SyntaxError.of(source, chunkName, "chunk is nested too deeply");
    }
  }

  @Override
  public LuaFunction load(Prototype prototype, String chunkName, LuaValue environment) {
    boolean fits = ClassSize.fits(prototype) && !CapturedLocals.areTangled(prototype);
    if (engine == LuaEngine.COMPILED && !fits) {
      interpretedChunks++;
    } else if (engine == LuaEngine.COMPILED) {
      try {
        return compiled(prototype, chunkName, environment);
      } catch (LinkageError | RuntimeException | ReflectiveOperationException e) {
        // a class file holds 64 KB of code in a method and 64 K constants, and LuaJC gives up on
        // some functions; the interpreter takes all
        interpretedChunks++;
      }
    }
    return new LuaClosure(prototype, environment);
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

  /** Returns how many chunks were interpreted though they were to be compiled. */
  public int interpretedChunks() {
    return interpretedChunks;
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
