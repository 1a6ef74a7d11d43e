package dev.tiaki.netfilter.conntrack;

/** What a subscription tells. */
public sealed interface ConntrackEvent {
  /** Something happened to a flow. */
  sealed interface OfFlow extends ConntrackEvent {
    /** Returns the flow, with what the event said about it. */
    Flow flow();

    /** Returns what happened. */
    EventKind kind();
  }

  /**
   * A flow began.
   *
   * @param flow the flow
   * @param synthetic true when it was found by comparing with the table after a loss
   * @param portId whose request made it, 0 when a packet did
   */
  record Created(Flow flow, boolean synthetic, int portId) implements OfFlow {
    @Override
    public EventKind kind() {
      return EventKind.NEW;
    }
  }

  /**
   * A flow changed.
   *
   * @param flow the flow, with what changed; unless {@code synthetic} the rest may be missing
   * @param synthetic true when it was found by comparing with the table after a loss
   * @param portId whose request did it, 0 when a packet did
   */
  record Updated(Flow flow, boolean synthetic, int portId) implements OfFlow {
    @Override
    public EventKind kind() {
      return EventKind.UPDATE;
    }
  }

  /**
   * A flow ended.
   *
   * @param flow the flow; its counters and stop time only when the kernel keeps them
   * @param synthetic true when it was found by comparing with the table after a loss
   * @param portId whose request did it, 0 when its time was over
   */
  record Destroyed(Flow flow, boolean synthetic, int portId) implements OfFlow {
    @Override
    public EventKind kind() {
      return EventKind.DESTROY;
    }
  }

  /** Something happened to an expectation; filters do not apply to it. */
  sealed interface OfExpectation extends ConntrackEvent {
    /** Returns the expectation. */
    Expectation expectation();

    /** Returns what happened. */
    EventKind kind();
  }

  /**
   * A helper began to expect a flow.
   *
   * @param expectation what it expects
   * @param portId whose request made it, 0 when a packet did
   */
  record ExpectationCreated(Expectation expectation, int portId) implements OfExpectation {
    @Override
    public EventKind kind() {
      return EventKind.EXPECTATION_NEW;
    }
  }

  /**
   * A helper expects a flow no more.
   *
   * @param expectation what it expected
   * @param portId whose request did it, 0 when the flow came or the time was over
   */
  record ExpectationDestroyed(Expectation expectation, int portId) implements OfExpectation {
    @Override
    public EventKind kind() {
      return EventKind.EXPECTATION_DESTROY;
    }
  }

  /**
   * The receive buffer was full: events were lost.
   *
   * @param times how often this happened since the subscription began
   */
  record Overrun(long times) implements ConntrackEvent {}

  /**
   * After a loss the table was read and the differences told as synthetic events.
   *
   * @param entries how many flows the mirror holds now
   */
  record Resynchronised(long entries) implements ConntrackEvent {}

  /**
   * Flows older than the subscription will give no events: {@code nf_conntrack_events} is 2 (auto),
   * with which the kernel gives events only to flows that begin while somebody listens. Set it to
   * 1, or let the subscription resynchronise from time to time.
   *
   * @param flows how many such flows there may be
   */
  record OldFlowsAreSilent(long flows) implements ConntrackEvent {}

  /**
   * The subscription ended because of an error.
   *
   * @param reason what happened
   */
  record Failed(String reason) implements ConntrackEvent {}
}
