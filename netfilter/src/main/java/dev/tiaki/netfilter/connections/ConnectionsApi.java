package dev.tiaki.netfilter.connections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiaki.netfilter.conntrack.Conntrack;
import dev.tiaki.netfilter.conntrack.Filter;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and deletes connections: JSON in, JSON out. Failures are answers with exit status 1, never
 * exceptions; their cause is told to a consumer, for a log.
 *
 * <pre>{@code
 * ConnectionsApi api = new ConnectionsApi(conntrack, ConnectionsSettings.DEFAULTS);
 * Answer answer = api.read("{\"action\": \"conntrack\", \"protocol\": \"tcp\"}");
 * }</pre>
 */
public final class ConnectionsApi {
  private static final long DEFAULT_STATS_SECONDS = 900;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Conntrack conntrack;
  private final ConnectionsSettings settings;
  private final InstantSource clock;
  private final Consumer<Exception> failures;
  private final ApiErrors errors;
  private final ConnectionSamples samples = new ConnectionSamples();

  /** Makes the API over a table, with the system's clock; causes of failures go nowhere. */
  public ConnectionsApi(Conntrack conntrack, ConnectionsSettings settings) {
    this(conntrack, settings, InstantSource.system(), failure -> {});
  }

  /** Makes the API over a table. */
  public ConnectionsApi(
      Conntrack conntrack,
      ConnectionsSettings settings,
      InstantSource clock,
      Consumer<Exception> failures) {
    this.conntrack = conntrack;
    this.settings = settings;
    this.clock = clock;
    this.failures = failures;
    this.errors = new ApiErrors(clock);
  }

  /**
   * Answers a read request.
   *
   * @param json an object with {@code action}: {@code protocols}; {@code conntrack} with {@code
   *     protocol}, {@code state}, {@code expand}, {@code limit}, {@code ids}; {@code stats} with
   *     {@code time} in seconds
   */
  public Answer read(String json) {
    ObjectNode input = parse(json);
    return input == null ? errors.invalidInput() : read(input);
  }

  /** As {@link #read(String)}, of an object that was parsed already. */
  public Answer read(ObjectNode input) {
    try {
      return switch (input.path("action").asText("")) {
        case "protocols" -> Answer.of(ProtocolList.json(settings.correctedProtocols()));
        case "conntrack" ->
            Answer.of(new ConnectionsReader(conntrack, settings).read(input, clock.instant()));
        case "stats" -> stats(input);
        default -> errors.generic();
      };
    } catch (IOException e) {
      failures.accept(e);
      return errors.generic();
    }
  }

  private Answer stats(ObjectNode input) throws IOException {
    Instant now = sample();
    long seconds = input.path("time").asLong(DEFAULT_STATS_SECONDS);
    return Answer.of(samples.json(now.getEpochSecond() - Math.max(0, seconds)));
  }

  /** Returns what {@link #sample} and {@code stats} remember, oldest first: a day at most. */
  public List<ConnectionSample> samples() {
    return samples.all();
  }

  /** Remembers samples of an earlier life, oldest first; to be called before others are made. */
  public void restore(List<ConnectionSample> earlier) {
    earlier.forEach(sample -> samples.add(sample.epochSecond(), sample.count()));
  }

  /**
   * Remembers how many connections there are now, for {@code stats}; returns when that was.
   *
   * @throws IOException when the table cannot be read
   */
  public Instant sample() throws IOException {
    Instant now = clock.instant();
    samples.add(now.getEpochSecond(), conntrack.count(Filter.ALL));
    return now;
  }

  /**
   * Answers a delete request.
   *
   * @param json an object with {@code action}: {@code flush}; {@code connection} with {@code
   *     protocol}, {@code src}, {@code dst} and, where the protocol has them, {@code sport} and
   *     {@code dport}, or of a row that was read with {@code ids} its {@code entry_id} alone
   */
  public Answer delete(String json) {
    ObjectNode input = parse(json);
    return input == null ? errors.generic() : delete(input);
  }

  /** As {@link #delete(String)}, of an object that was parsed already. */
  public Answer delete(ObjectNode input) {
    try {
      return switch (input.path("action").asText("")) {
        case "flush" -> {
          conntrack.flush();
          yield success();
        }
        case "connection" -> deleteConnection(input);
        default -> errors.generic();
      };
    } catch (IOException e) {
      failures.accept(e);
      return errors.generic();
    }
  }

  private Answer deleteConnection(ObjectNode input) throws IOException {
    List<ApiErrors.BadField> bad = new ConnectionsDeleter(conntrack, input).delete();
    if (bad.isEmpty()) {
      return success();
    }
    return settings.detailedErrors() ? errors.notValid(bad) : errors.generic();
  }

  /** Returns the answer of an API that has no table: it could not be opened. */
  public static Answer unavailable() {
    return new ApiErrors(InstantSource.system()).generic();
  }

  private static Answer success() {
    return Answer.of(JsonNodeFactory.instance.objectNode().put("state", "success"));
  }

  private static @Nullable ObjectNode parse(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      return node instanceof ObjectNode object ? object : null;
    } catch (JsonProcessingException _) {
      return null;
    }
  }
}
