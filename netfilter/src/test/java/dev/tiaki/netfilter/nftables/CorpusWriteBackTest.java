package dev.tiaki.netfilter.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tiaki.netfilter.nftables.json.NftReader;
import dev.tiaki.netfilter.nftables.json.NftWriter;
import dev.tiaki.netfilter.nftables.json.ReadResult;
import dev.tiaki.netfilter.nftables.model.NftDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CorpusWriteBackTest {
  private static final Pattern NOT_UNDERSTOOD =
      Pattern.compile("RawStatement|RawExpression|UnknownItem|UnknownObject|Unknown");
  private static final NftReader READER = NftReader.lenient();

  @Test
  void every_rule_is_read_wholly_and_written_back_the_same() throws Exception {
    List<Corpus.Case> cases = Corpus.rules();

    assertThat(cases).hasSizeGreaterThan(3000);
    assertThat(differences(cases)).isEmpty();
  }

  @Test
  void every_ruleset_is_read_wholly_and_written_back_the_same() throws Exception {
    List<Corpus.Case> cases = Corpus.rulesets();

    assertThat(cases).hasSizeGreaterThan(200);
    assertThat(differences(cases)).isEmpty();
  }

  private static List<String> differences(List<Corpus.Case> cases) throws JsonProcessingException {
    List<String> differences = new ArrayList<>();
    for (Corpus.Case tried : cases) {
      NftDocument document = read(tried.document());
      if (NOT_UNDERSTOOD.matcher(document.toString()).find()) {
        differences.add(tried.id() + " is not understood: " + document);
      }
      JsonNode back = Corpus.JSON.readTree(NftWriter.DEFAULT.toText(document));
      if (!Normal.of(back).equals(Normal.of(tried.document()))) {
        differences.add(tried.id() + "\n" + Normal.of(tried.document()) + "\n" + Normal.of(back));
      }
    }
    return differences;
  }

  private static NftDocument read(JsonNode document) {
    return switch (READER.read(document.toString())) {
      case ReadResult.Read(NftDocument read) -> read;
      case ReadResult.Refused(var problem) -> throw new AssertionError(problem + " " + document);
    };
  }
}
