package dev.tiaki.cli.command;

import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;

/** Makes signals orders instead of ends. */
final class HangUp {
  private HangUp() {}

  /**
   * Has {@code order} carried out at each SIGHUP, on a thread of its own.
   *
   * <p>The JDK's only door to signals is {@code sun.misc.Signal}, which javac warns about whenever
   * it is named; hence by reflection. Where it is missing SIGHUP stays what it was.
   */
  static void call(Callable<?> order) {
    if (!on("HUP", order)) {
      System.err.println("tiaki run: SIGHUP will not reload rules here");
    }
  }

  /**
   * Has {@code order} carried out at each signal of that name, as {@link #call} does; tells whether
   * that is possible.
   */
  static boolean on(String name, Callable<?> order) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> method.getName().equals("handle") ? done(order) : null);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException notThere) {
      return false;
    }
  }

  private static Object done(Callable<?> order) throws Exception {
    return order.call();
  }
}
