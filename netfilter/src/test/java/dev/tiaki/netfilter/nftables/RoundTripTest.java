package dev.tiaki.netfilter.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tiaki.netfilter.nftables.json.FlagShape;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command, object, statement and expression there is, read and written back. */
class RoundTripTest {
  private static final NftReader READER = NftReader.lenient();

  static Stream<String> items() throws IOException {
    return lines("items.jsonl");
  }

  static Stream<String> statements() throws IOException {
    return lines("statements.jsonl");
  }

  static Stream<String> expressions() throws IOException {
    return lines("expressions.jsonl");
  }

  private static Stream<String> lines(String file) throws IOException {
    try (var stream = RoundTripTest.class.getResourceAsStream(file)) {
      assertThat(stream).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.isBlank()).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("items")
  void an_item_comes_back_as_it_was(String item) throws Exception {
    comesBack("{\"nftables\":[" + item + "]}");
  }

  @ParameterizedTest
  @MethodSource("statements")
  void a_statement_comes_back_as_it_was(String statement) throws Exception {
    comesBack(rule(statement));
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void an_expression_comes_back_as_it_was(String expression) throws Exception {
    comesBack(rule("{\"match\":{\"op\":\"==\",\"left\":" + expression + ",\"right\":1}}"));
  }

  private static String rule(String statement) {
    return "{\"nftables\":[{\"add\":{\"rule\":{\"family\":\"ip\",\"table\":\"t\",\"chain\":\"c\","
        + "\"expr\":["
        + statement
        + "]}}}]}";
  }

  private static void comesBack(String json) throws JsonProcessingException {
    NftDocument document = READER.read(json).orThrow();
    for (FlagShape shape : FlagShape.values()) {
      String written = NftWriter.of(shape).toText(document);

      assertThat(document.toString()).doesNotContain("RawStatement", "RawExpression", "Unknown");
      assertThat(Normal.of(Corpus.JSON.readTree(written)))
          .isEqualTo(Normal.of(Corpus.JSON.readTree(json)));
      assertThat(READER.read(written).orThrow()).isEqualTo(document);
    }
  }

  @Test
  void a_single_flag_is_written_in_either_shape() {
    NftDocument document = READER.read(rule("{\"log\":{\"flags\":\"all\"}}")).orThrow();

    assertThat(NftWriter.of(FlagShape.ARRAY).toText(document)).contains("\"flags\":[\"all\"]");
    assertThat(NftWriter.of(FlagShape.TEXT).toText(document)).contains("\"flags\":\"all\"");
  }

  @Test
  void what_is_not_known_is_kept_and_written_back() {
    String json =
        "{\"nftables\":["
            + "{\"table\":{\"family\":\"ip\",\"name\":\"t\",\"colour\":[1,{\"a\":null}]}},"
            + "{\"rule\":{\"family\":\"ip\",\"table\":\"t\",\"chain\":\"c\",\"handle\":7,"
            + "\"expr\":[{\"teleport\":{\"to\":\"mars\"}},"
            + "{\"match\":{\"op\":\"==\",\"left\":{\"aura\":{\"key\":\"hue\"}},\"right\":1}}]}},"
            + "{\"balloon\":{\"family\":\"ip\"}}]}";

    NftDocument document = READER.read(json).orThrow();

    assertThat(NftWriter.DEFAULT.toText(document)).isEqualTo(json);
    assertThat(document.objects()).hasSize(2);
  }

  @Test
  void a_listed_rule_may_lack_statements() {
    String json =
        "{\"nftables\":[{\"rule\":{\"family\":\"ip\",\"table\":\"t\",\"chain\":\"c\",\"handle\":2}}]}";

    NftDocument document = READER.read(json).orThrow();

    assertThat(NftWriter.DEFAULT.toText(document)).isEqualTo(json);
    assertThat(document.commands().toList()).hasSize(1);
    assertThat(List.copyOf(document.items())).hasSize(1);
  }
}
