package dev.tiaki.cli.control.http;

import java.util.List;

/** A request cannot be answered; the message tells whoever asked why, in one line. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<?> details;

  /**
   * Makes a refusal.
   *
   * @param status the HTTP status, 400 to 599
   * @param details more about it, for programs; may be empty
   */
  public Refusal(int status, String message, List<?> details) {
    super(message, null, false, false);
    this.status = status;
    this.details = List.copyOf(details);
  }

  /** Returns a refusal without details. */
  public static Refusal of(int status, String message) {
    return new Refusal(status, message, List.of());
  }

  /** Returns the refusal of a request that makes no sense. */
  public static Refusal badRequest(String message) {
    return of(400, message);
  }

  /** Returns the refusal of a request for something that is not there. */
  public static Refusal notFound(String message) {
    return of(404, message);
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the answer to whoever asked. */
  Reply reply() {
    return Reply.json(
        status, new ErrorBody(new Problem(status, String.valueOf(getMessage()), details)));
  }

  private record ErrorBody(Problem error) {}

  private record Problem(int status, String message, List<?> details) {}
}
