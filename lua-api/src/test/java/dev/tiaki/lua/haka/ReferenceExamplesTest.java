package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tiaki.lua.reference.Block;
import dev.tiaki.lua.reference.DefinitionFile;
import dev.tiaki.lua.reference.Definitions;
import dev.tiaki.lua.runtime.LuaRuntime;
import dev.tiaki.lua.runtime.LuaSettings;
import dev.tiaki.traffic.Conversation;
import dev.tiaki.traffic.Frame;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the Lua reference run, and print what they say behind {@code -->}. */
class ReferenceExamplesTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```lua\n(.*?)\n```");
  private static final Pattern RESULT = Pattern.compile("--> (.*)");
  private static final Definitions DEFINITIONS = Definitions.load();

  static Stream<Arguments> examples() {
    return DEFINITIONS.files().stream().flatMap(ReferenceExamplesTest::examplesOf);
  }

  private static Stream<Arguments> examplesOf(DefinitionFile file) {
    return file.blocks().stream()
        .map(Block::doc)
        .flatMap(doc -> EXAMPLE.matcher(doc).results())
        .map(found -> Arguments.of(file.name(), found.group(1)));
  }

  static Stream<DefinitionFile> files() {
    return DEFINITIONS.files().stream();
  }

  private static List<Frame> web() {
    return Conversation.between("10.0.0.1:1234", "10.0.0.2:80")
        .handshake()
        .up("GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n")
        .down("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        .fin()
        .frames();
  }

  private static List<Frame> lines() {
    return Conversation.between("10.0.0.1:1235", "10.0.0.2:7777")
        .handshake()
        .up("one\r\ntwo\r\n")
        .fin()
        .frames();
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("examples")
  void example_prints_what_it_says(String file, String example) {
    RuleReplay replay = new RuleReplay();
    replay.rules(example);
    String printed = replay.text().replace('\t', ' ');
    assertThat(printed)
        .as(file)
        .isEqualTo(
            String.join(
                "\n", RESULT.matcher(example).results().map(found -> found.group(1)).toList()));
    replay.haka.started();
    replay.receive(web()).receive(lines()).finish();
    assertThat(replay.defects).isEmpty();
    assertThat(replay.text()).doesNotContain("error ");
  }

  @ParameterizedTest
  @MethodSource("files")
  void definition_file_is_lua(DefinitionFile file) {
    LuaRuntime runtime = new LuaRuntime(LuaSettings.defaults(new ByteArrayOutputStream()));
    runtime.bind();
    assertThatCode(
            () -> runtime.load(file.source().getBytes(ISO_8859_1), "@" + file.name() + ".lua"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("files")
  void types_that_are_named_are_defined(DefinitionFile file) {
    assertThat(
            Pattern.compile("haka\\.[A-Z]\\w+")
                .matcher(file.source())
                .results()
                .map(MatchResult::group))
        .allSatisfy(type -> assertThat(DEFINITIONS.hasType(type)).as(type).isTrue());
  }
}
