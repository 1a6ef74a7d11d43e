package dev.tiaki.lua.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages in the repository are what the definition files give. */
class ReferencePagesTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path PAGES = DOCS.resolve("lua-reference");
  private static final Definitions DEFINITIONS = Definitions.load();

  static Stream<DefinitionFile> files() {
    return DEFINITIONS.files().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void page_is_up_to_date(DefinitionFile file) throws IOException {
    Path page = PAGES.resolve(file.name() + ".md");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(PAGES);
      Files.writeString(page, ReferencePage.of(file));
    }
    assertThat(page)
        .as("made by tiaki lua-reference --pages")
        .content()
        .isEqualTo(ReferencePage.of(file));
  }

  @ParameterizedTest
  @MethodSource("files")
  void page_is_listed(DefinitionFile file) throws IOException {
    assertThat(Files.readString(DOCS.resolve("lua-reference.md")))
        .contains("](lua-reference/" + file.name() + ".md)");
  }

  @Test
  void there_is_no_other_page() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(files().map(file -> file.name() + ".md").toList());
    }
  }

  @Test
  void files_for_editors_are_written(@TempDir Path folder) throws IOException {
    DEFINITIONS.writeDefinitions(folder.resolve("definitions"));
    assertThat(folder.resolve("definitions/rules.lua"))
        .content()
        .startsWith("---@meta")
        .contains("function haka.rule(rule) end");
  }
}
