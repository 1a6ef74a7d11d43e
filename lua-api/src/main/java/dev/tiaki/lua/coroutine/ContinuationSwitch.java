package dev.tiaki.lua.coroutine;

import dev.tiaki.lua.fault.Raised;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/** A stack that the JVM copies to the heap while it sleeps; garbage when nobody refers to it. */
final class ContinuationSwitch extends Continuation implements Switch {
  private static final ContinuationScope SCOPE = new ContinuationScope("lua");

  ContinuationSwitch(Runnable body) {
    super(SCOPE, body);
  }

  @Override
  public void enter() {
    run();
  }

  @Override
  public void suspend() {
    if (!Continuation.yield(SCOPE)) {
      throw Raised.at("attempt to yield across a native call");
    }
  }

  @Override
  public void abandon() {
    // nothing refers to the stack any more once the coroutine drops this object
  }

  @Override
  protected void onPinned(Pinned reason) {
    throw Raised.at("attempt to yield across a native call (" + reason + ")");
  }
}
