package dev.tiaki.cli.control.http;

/** Answers requests to one place. */
@FunctionalInterface
public interface Resource {
  /**
   * Answers; on a thread of the request's own, so it may wait.
   *
   * @throws Refusal when it cannot; the message is for whoever asked
   * @throws Exception what nobody expected; the answer is status 500 with its message
   */
  Reply answer(Request request) throws Exception;
}
