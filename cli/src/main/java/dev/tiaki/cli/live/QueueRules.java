package dev.tiaki.cli.live;

import java.io.IOException;

/** The kernel rules that bring packets to the queues. */
public interface QueueRules {
  /** The operator's own rules, which are left alone. */
  QueueRules OPERATORS =
      new QueueRules() {
        @Override
        public void prepare() {}

        @Override
        public void install() {}

        @Override
        public void remove() {}
      };

  /**
   * Removes what a run that was killed left behind; called before the queues are served.
   *
   * @throws IOException when the kernel refuses
   */
  void prepare() throws IOException;

  /**
   * Brings packets to the queues; called when every worker serves its queue.
   *
   * @throws IOException when the kernel refuses; nothing is left behind
   */
  void install() throws IOException;

  /**
   * Leaves the kernel as it was; called while the queues are still served, so that nothing that
   * waits in them is lost.
   *
   * @throws IOException when the kernel refuses
   */
  void remove() throws IOException;
}
