package dev.tiaki.lua.coroutine;

/** How coroutines get stacks of their own. */
public enum SwitchKind {
  /** The JDK's internal continuations: 0.1 us a switch. The default. */
  CONTINUATION {
    @Override
    Switch over(Runnable body) {
      return new ContinuationSwitch(body);
    }
  },
  /** A virtual thread each, handed the work and back: public API only, some 10 us a switch. */
  VIRTUAL_THREAD {
    @Override
    Switch over(Runnable body) {
      return new VirtualThreadSwitch(body);
    }
  };

  abstract Switch over(Runnable body);

  /** Returns continuations where the JVM lets us use them, else virtual threads. */
  public static SwitchKind best() {
    return Holder.BEST;
  }

  private static final class Holder {
    static final SwitchKind BEST = probe();

    private static SwitchKind probe() {
      try {
        Switch probe = CONTINUATION.over(() -> {});
        probe.enter();
        return CONTINUATION;
      } catch (IllegalAccessError | NoClassDefFoundError e) {
        return VIRTUAL_THREAD;
      }
    }
  }
}
