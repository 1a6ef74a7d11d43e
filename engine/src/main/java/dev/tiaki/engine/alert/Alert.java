package dev.tiaki.engine.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a rule or a protocol wants a person to know. Each part but the id and the time may
 * be missing. Texts carry bytes as ISO 8859-1.
 *
 * @param id unique in the run, from 1
 * @param update whether this tells more about the alert posted earlier with the same id
 * @param timeNanos when it was posted, nanoseconds since the Unix epoch
 * @param startTimeNanos when the attack began, or null
 * @param endTimeNanos when it ended, or null
 * @param severity {@code low}, {@code medium} or {@code high}, or null
 * @param confidence the same words or a number as C's {@code %g} prints it, or null
 * @param completion {@code failed} or {@code successful}, or null
 * @param description in words, or null
 * @param method how the attack works, or null
 * @param sources where it comes from
 * @param targets what it aims at
 * @param references ids of related alerts
 * @param context where it was raised
 */
public record Alert(
    long id,
    boolean update,
    long timeNanos,
    @Nullable Long startTimeNanos,
    @Nullable Long endTimeNanos,
    @Nullable String severity,
    @Nullable String confidence,
    @Nullable String completion,
    @Nullable String description,
    @Nullable AlertMethod method,
    List<AlertNode> sources,
    List<AlertNode> targets,
    List<Long> references,
    AlertContext context) {
  /** Keeps its own copies of the lists. */
  public Alert {
    sources = List.copyOf(sources);
    targets = List.copyOf(targets);
    references = List.copyOf(references);
  }

  /** Returns an alert of severity low as protocols raise it for broken packets. */
  public static Alert ofProtocol(
      long id,
      long timeNanos,
      String description,
      List<AlertNode> sources,
      List<AlertNode> targets,
      AlertContext context) {
    return new Alert(
        id,
        false,
        timeNanos,
        null,
        null,
        "low",
        null,
        null,
        description,
        null,
        sources,
        targets,
        List.of(),
        context);
  }
}
