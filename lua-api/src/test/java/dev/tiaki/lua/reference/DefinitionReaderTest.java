package dev.tiaki.lua.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionReaderTest {
  private static DefinitionFile read(String... lines) {
    return DefinitionReader.read("sample", String.join("\n", lines));
  }

  @Test
  void text_types_functions_and_values_come_in_order() {
    DefinitionFile file =
        read(
            "---@meta a/b",
            "",
            "--- # Title",
            "---",
            "--- Text.",
            "",
            "---A thing.",
            "---@class haka.Thing : haka.Base",
            "---@field size integer **RW** Its size.",
            "---@field [string] any Others.",
            "---@field f fun(a: integer): string Calls.",
            "local Thing = {}",
            "",
            "---Acts.",
            "---@param how? string The way.",
            "---@return boolean done",
            "function Thing:act(how) end",
            "",
            "---@type integer",
            "LIMIT = 1",
            "",
            "return Thing");
    assertThat(file.title()).isEqualTo("Title");
    assertThat(file.module()).isEqualTo("a/b");
    assertThat(file.blocks())
        .containsExactly(
            new Block.Prose("Text."),
            new Block.Type(
                "haka.Thing",
                List.of("haka.Base"),
                "A thing.",
                List.of(
                    new Block.Field("size", "integer", "**RW** Its size."),
                    new Block.Field("[string]", "any", "Others."),
                    new Block.Field("f", "fun(a: integer): string", "Calls."))),
            new Block.Function(
                "Thing",
                "act",
                true,
                "Acts.",
                List.of(new Block.Field("how?", "string", "The way.")),
                List.of(new Block.Field("", "boolean", "done"))),
            new Block.Value("LIMIT", "integer", ""));
  }

  @Test
  void a_page_has_a_table_of_what_a_type_has() {
    DefinitionFile file =
        read(
            "---@meta",
            "--- # Title",
            "",
            "---A thing.",
            "---@class haka.Thing",
            "---@field a string|integer Either.",
            "local Thing = {}",
            "",
            "---Acts.",
            "---@return haka.Thing",
            "function Thing:act() end");
    assertThat(ReferencePage.of(file))
        .endsWith(
            """
            ## Thing

            A thing.

            | | |
            |---|---|
            | `a: string\\|integer` | Either. |
            | `:act() → Thing` | Acts. |
            """);
  }

  @Test
  void a_parameter_without_annotation_is_refused_with_its_place() {
    assertThatThrownBy(() -> read("---@meta", "--- # T", "", "function f(a) end"))
        .hasMessage("sample.lua:4: parameters (a) are annotated as ()");
  }

  @Test
  void code_is_refused_with_its_place() {
    assertThatThrownBy(() -> read("---@meta", "--- # T", "", "if x then"))
        .hasMessage("sample.lua:4: neither function, value nor type: if x then");
  }

  @Test
  void an_unknown_annotation_is_refused_with_its_place() {
    assertThatThrownBy(() -> read("---@meta", "---@colour red"))
        .hasMessage("sample.lua:2: unknown annotation @colour");
  }
}
