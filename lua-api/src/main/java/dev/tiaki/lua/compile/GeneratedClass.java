package dev.tiaki.lua.compile;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.luajc.JavaGen;

/** One function as LuaJC compiled it, with the functions inside it. */
final class GeneratedClass {
  /**
   * Up to here LuaJC as it is needs some milliseconds; its classes are in the JVM's cache, those of
   * {@link LuaJcLoader} are read anew at each start.
   */
  private static final int SMALL_FUNCTION_INSTRUCTIONS = 150;

  private final String name;
  private final byte[] bytes;
  private final List<GeneratedClass> inner;

  private GeneratedClass(String name, byte[] bytes, List<GeneratedClass> inner) {
    this.name = name;
    this.bytes = bytes;
    this.inner = inner;
  }

  /** Returns the name of the function's class. */
  String name() {
    return name;
  }

  /** Returns the class file. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns the functions inside it. */
  List<GeneratedClass> inner() {
    return inner;
  }

  /** LuaJC's entry, seen by reflection because {@link LuaJcLoader} loads it apart. */
  private static final class Compiler {
    static final Constructor<?> CONSTRUCTOR;
    static final Field NAME;
    static final Field BYTES;
    static final Field INNER;

    static {
      try {
        Class<?> type = new LuaJcLoader().loadClass("org.luaj.vm2.luajc.JavaGen");
        CONSTRUCTOR =
            type.getConstructor(Prototype.class, String.class, String.class, boolean.class);
        NAME = type.getField("classname");
        BYTES = type.getField("bytecode");
        INNER = type.getField("inners");
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** Compiles a chunk; what LuaJC cannot compile makes it fail in many ways. */
  static GeneratedClass of(Prototype prototype, String className, String sourceFile)
      throws ReflectiveOperationException {
    if (isSmall(prototype)) {
      return of(new JavaGen(prototype, className, sourceFile, false));
    }
    return mended(Compiler.CONSTRUCTOR.newInstance(prototype, className, sourceFile, false));
  }

  private static boolean isSmall(Prototype prototype) {
    if (prototype.code.length > SMALL_FUNCTION_INSTRUCTIONS || !ConstantText.areKept(prototype)) {
      return false;
    }
    for (Prototype inner : prototype.p) {
      if (!isSmall(inner)) {
        return false;
      }
    }
    return true;
  }

  private static GeneratedClass of(JavaGen generated) {
    List<GeneratedClass> inner = new ArrayList<>();
    if (generated.inners != null) {
      for (JavaGen each : generated.inners) {
        inner.add(of(each));
      }
    }
    return new GeneratedClass(generated.classname, generated.bytecode, inner);
  }

  private static GeneratedClass mended(Object generated) throws ReflectiveOperationException {
    List<GeneratedClass> inner = new ArrayList<>();
    Object inners = Compiler.INNER.get(generated);
    int count = inners == null ? 0 : Array.getLength(inners);
    for (int i = 0; i < count; i++) {
      inner.add(mended(Array.get(inners, i)));
    }
    return new GeneratedClass(
        (String) Compiler.NAME.get(generated), (byte[]) Compiler.BYTES.get(generated), inner);
  }
}
