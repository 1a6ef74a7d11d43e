package dev.tiaki.cli.control.resource;

import dev.tiaki.cli.control.event.EventHub;
import dev.tiaki.cli.control.event.EventKind;
import dev.tiaki.cli.control.event.EventLayout;
import dev.tiaki.cli.control.event.Subscription;
import dev.tiaki.cli.control.http.Refusal;
import dev.tiaki.cli.control.http.Reply;
import dev.tiaki.cli.control.http.Request;
import dev.tiaki.cli.control.http.Resource;
import dev.tiaki.engine.log.LogLevel;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/events}: what happens, as it happens. */
final class EventsResource implements Resource {
  private final EventHub hub;

  EventsResource(EventHub hub) {
    this.hub = hub;
  }

  @Override
  public Reply answer(Request request) throws Refusal {
    request.requireOnly(Set.of("types", "level"));
    Set<EventKind> kinds = kinds(request.parameter("types"));
    LogLevel level = level(request.parameter("level"));
    EventLayout layout =
        request.accept().contains(EventLayout.SERVER_SENT.contentType())
            ? EventLayout.SERVER_SENT
            : EventLayout.LINES;
    Subscription subscription;
    try {
      subscription = hub.subscribe(kinds, level, layout);
    } catch (IllegalStateException e) {
      throw Refusal.of(503, String.valueOf(e.getMessage()));
    }
    return new Reply.Stream(layout.contentType(), subscription);
  }

  private static Set<EventKind> kinds(@Nullable String words) throws Refusal {
    if (words == null) {
      return EnumSet.allOf(EventKind.class);
    }
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    for (String word : words.split(",", -1)) {
      kinds.add(find(EventKind.values(), EventKind::word, "types", word));
    }
    return kinds;
  }

  private static LogLevel level(@Nullable String word) throws Refusal {
    return word == null ? LogLevel.TRACE : find(LogLevel.values(), LogLevel::word, "level", word);
  }

  private static <T> T find(T[] values, Function<T, String> name, String parameter, String word)
      throws Refusal {
    for (T value : values) {
      if (name.apply(value).equals(word)) {
        return value;
      }
    }
    throw Refusal.badRequest(
        "%s: '%s' is none of %s"
            .formatted(
                parameter,
                word,
                Arrays.stream(values).map(name).collect(Collectors.joining(", "))));
  }
}
