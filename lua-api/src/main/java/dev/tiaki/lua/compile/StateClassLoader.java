package dev.tiaki.lua.compile;

import dev.tiaki.lua.budget.RuleBudget;
import dev.tiaki.lua.budget.TickCounter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The class loader of one Lua state; it holds the state's own copy of {@link WovenTicks}. */
public final class StateClassLoader extends ClassLoader {
  private static final String TICKS = WovenTicks.class.getName();

  private final Class<?> ticksClass;

  /** Makes the loader and its copy of the tick counter. */
  public StateClassLoader() {
    super("lua-state", StateClassLoader.class.getClassLoader());
    byte[] bytes = ticksBytes();
    ticksClass = defineClass(TICKS, bytes, 0, bytes.length);
  }

  /** Returns the counter that all code compiled for this state decrements. */
  public TickCounter ticks() {
    try {
      return (TickCounter) ticksClass.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Says which budget grants the slices. */
  public void setOwner(RuleBudget budget) {
    try {
      ticksClass.getMethod("setOwner", RuleBudget.class).invoke(null, budget);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return name.equals(TICKS) && ticksClass != null ? ticksClass : super.loadClass(name, resolve);
  }

  private static byte[] ticksBytes() {
    String resource = "/" + TICKS.replace('.', '/') + ".class";
    try (InputStream in = StateClassLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
