package dev.tiaki.lua.compile;

import dev.tiaki.lua.fault.LuaTrace;
import java.util.HashMap;
import java.util.Map;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;

/** Holds the classes of one chunk, so that a chunk that nothing refers to is collected. */
public final class ChunkClassLoader extends ClassLoader {
  private final Map<String, byte[]> classes = new HashMap<>();

  ChunkClassLoader(StateClassLoader state) {
    super(LuaTrace.LOADER_NAME, state);
  }

  /** Weaves and adds a function's class and those of the functions inside it. */
  void add(GeneratedClass generated) {
    classes.put(generated.name(), Weaver.weave(generated.bytes()));
    generated.inner().forEach(this::add);
  }

  /** Links every class now, so that what is wrong with one shows before the chunk runs. */
  LuaFunction instantiate(String mainClass, LuaValue environment)
      throws ReflectiveOperationException {
    LinkCheck.check(classes.values());
    for (String name : classes.keySet()) {
      Class.forName(name, true, this);
    }
    LuaFunction main = (LuaFunction) loadClass(mainClass).getConstructor().newInstance();
    main.initupvalue1(environment);
    return main;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }
}
