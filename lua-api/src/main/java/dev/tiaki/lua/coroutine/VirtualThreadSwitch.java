package dev.tiaki.lua.coroutine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A virtual thread that runs only while its resumer waits for it, so there is never a race. */
final class VirtualThreadSwitch implements Switch, Runnable {
  /** Ends a body that is abandoned; no Lua code catches an Error. */
  private static final class Abandoned extends Error {
    private static final long serialVersionUID = 1L;

    Abandoned() {
      super("abandoned", null, false, false);
    }
  }

  private final Runnable body;
  private @Nullable Thread thread;
  private volatile @Nullable Thread resumer;
  private volatile boolean bodyRuns;
  private volatile boolean abandoned;

  VirtualThreadSwitch(Runnable body) {
    this.body = body;
  }

  @Override
  public void run() {
    try {
      body.run();
    } finally {
      handBack();
    }
  }

  @Override
  public void enter() {
    resumer = Thread.currentThread();
    bodyRuns = true;
    Thread own = thread;
    if (own == null) {
      own = Thread.ofVirtual().name("lua-coroutine").unstarted(this);
      thread = own;
      own.start();
    } else {
      LockSupport.unpark(own);
    }
    while (bodyRuns) {
      LockSupport.park(this);
    }
  }

  @Override
  public void suspend() {
    handBack();
    while (!bodyRuns) {
      LockSupport.park(this);
    }
    if (abandoned) {
      throw new Abandoned();
    }
  }

  @Override
  public void abandon() {
    if (thread != null) {
      abandoned = true;
      enter();
    }
  }

  private void handBack() {
    bodyRuns = false;
    LockSupport.unpark(resumer);
  }
}
