package dev.tiaki.netfilter.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.check.NftProblem;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.ReadLimits;
import dev.tiaki.netfilter.nftables.json.ReadResult;
import dev.tiaki.netfilter.nftables.version.NftVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nft 1.0.6 would misread, pass over or die of is refused, with the place and the reason. */
class RefusalTest {
  private static final NftReader READER = NftReader.strict(NftVersion.V1_0_6);

  static Stream<String> refusals() throws IOException {
    try (var stream = RefusalTest.class.getResourceAsStream("refusals.jsonl")) {
      assertThat(stream).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void a_trap_is_refused_where_it_is(String line) throws Exception {
    JsonNode refusal = Corpus.JSON.readTree(line);
    NftProblem problem = problem(READER, refusal.path("document").toString());

    assertThat(problem.pointer()).isEqualTo(refusal.path("pointer").asText());
    assertThat(problem.reason()).contains(refusal.path("reason").asText());
    assertThat(problem.command()).isNotNegative();
  }

  private static NftProblem problem(NftReader reader, String text) {
    return switch (reader.read(text)) {
      case ReadResult.Refused(NftProblem problem) -> problem;
      case ReadResult.Read(var document) -> throw new AssertionError("taken: " + document);
    };
  }

  @Test
  void broken_json_is_told_with_line_and_column() {
    NftProblem problem = problem(READER, "{\"nftables\":[}");

    assertThat(problem.command()).isEqualTo(-1);
    assertThat(problem.reason()).contains("line 1, column 14");
  }

  @Test
  void text_of_nft_is_no_document() {
    assertThat(problem(READER, "add table ip t").reason()).startsWith("no JSON");
    assertThat(problem(READER, "").reason()).contains("a document is an object");
    assertThat(problem(READER, "[]").reason()).contains("a document is an object");
    assertThat(problem(READER, "{}").reason()).contains("\"nftables\" is missing");
  }

  @Test
  void a_second_document_is_refused() {
    assertThat(problem(READER, "{\"nftables\":[]}{\"nftables\":[]}").reason())
        .contains("something follows");
    assertThat(problem(READER, "{\"nftables\":[]} x").reason()).startsWith("no JSON");
    assertThat(problem(READER, "{\"nftables\":[],\"nftables\":[]}").reason()).contains("twice");
  }

  @Test
  void a_key_that_is_there_twice_is_refused() {
    String json =
        "{\"nftables\":[{\"add\":{\"table\":{\"family\":\"ip\",\"name\":\"a\",\"name\":\"b\"}}}]}";

    assertThat(problem(READER, json).reason()).contains("Duplicate field 'name'");
  }

  @Test
  void deep_nesting_ends_the_reading_early() {
    String json = "{\"nftables\":" + "[".repeat(100_000);

    assertThat(problem(READER, json).reason()).contains("nesting depth");
  }

  @Test
  void a_long_document_is_read_no_further_than_its_bound() {
    ReadLimits small = new ReadLimits(1 << 16, 64, 1 << 12);
    String items = "{\"add\":{\"table\":{\"family\":\"ip\",\"name\":\"t\"}}},".repeat(10_000);

    NftProblem problem = problem(READER.with(small), "{\"nftables\":[" + items);

    assertThat(problem.reason()).contains("exceeds the maximum allowed (65536");
    assertThat(problem.command()).isGreaterThan(1000);
  }

  @Test
  void endless_input_is_cut_off() throws IOException {
    InputStream spaces =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            java.util.Arrays.fill(into, offset, offset + length, (byte) ' ');
            return length;
          }
        };

    assertThat(READER.with(new ReadLimits(1 << 20, 8, 64)).read(spaces))
        .isInstanceOf(ReadResult.Refused.class);
  }

  @Test
  void other_encodings_are_refused() {
    byte[] utf16 = "{\"nftables\":[]}".getBytes(StandardCharsets.UTF_16);

    assertThat(READER.read(utf16)).isInstanceOf(ReadResult.Refused.class);
  }

  @Test
  void an_empty_document_is_a_document() {
    assertThat(READER.read("{\"nftables\":[]}").orThrow().items()).isEmpty();
  }
}
