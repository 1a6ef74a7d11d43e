package dev.tiaki.lua.reference;

import dev.tiaki.lua.reference.Block.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Makes the Markdown page of a definition file. */
final class ReferencePage {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```lua\n.*?\n```");

  private final DefinitionFile file;
  private final StringBuilder page = new StringBuilder();
  private final List<String> examples = new ArrayList<>();
  private boolean inTable;

  private ReferencePage(DefinitionFile file) {
    this.file = file;
  }

  /** Returns the page, which ends with a line break. */
  static String of(DefinitionFile file) {
    return new ReferencePage(file).render();
  }

  private String render() {
    page.append("# ").append(file.title()).append("\n\n");
    page.append("<!-- made by `tiaki lua-reference` from `").append(file.name());
    page.append(".lua`: change that file -->\n");
    if (!file.module().isEmpty()) {
      page.append("\n`require('").append(file.module()).append("')`\n");
    }
    file.blocks().forEach(this::block);
    endTable();
    return page.toString();
  }

  private void block(Block block) {
    switch (block) {
      case Block.Prose prose -> {
        endTable();
        page.append('\n').append(prose.doc()).append('\n');
      }
      case Block.Type type -> type(type);
      case Block.Alias alias -> alias(alias);
      case Block.Function function -> row(signature(function), function.doc(), details(function));
      case Block.Value value ->
          row(
              value.path() + (value.type() == null ? "" : ": " + shortType(value.type())),
              value.doc(),
              "");
    }
  }

  private void type(Block.Type type) {
    endTable();
    page.append("\n## ").append(shortType(type.name())).append('\n');
    if (!type.parents().isEmpty()) {
      page.append("\nHas also what ")
          .append(type.parents().stream().map(p -> "`" + shortType(p) + "`").collect(and()))
          .append(type.parents().size() > 1 ? " have.\n" : " has.\n");
    }
    if (!type.doc().isEmpty()) {
      page.append('\n').append(type.doc()).append('\n');
    }
    type.fields().forEach(this::field);
  }

  private static Collector<CharSequence, ?, String> and() {
    return Collectors.joining(" and ");
  }

  private void field(Field field) {
    row(field.name() + ": " + shortType(field.type()), field.doc(), "");
  }

  private void alias(Block.Alias alias) {
    endTable();
    page.append("\n## ").append(shortType(alias.name())).append('\n');
    if (!alias.type().isEmpty()) {
      page.append("\n`").append(shortType(alias.type())).append("`\n");
    }
    if (!alias.doc().isEmpty()) {
      page.append('\n').append(alias.doc()).append('\n');
    }
    alias.choices().forEach(choice -> row(choice.name(), choice.doc().replaceFirst("^# ", ""), ""));
  }

  private String signature(Block.Function function) {
    boolean ofInstance = function.method() && file.locals().containsKey(function.owner());
    String path = ofInstance ? ":" + function.name() : function.path();
    String parameters =
        function.parameters().stream().map(Field::name).collect(Collectors.joining(", "));
    String returns =
        function.returns().stream()
            .map(field -> shortType(field.type()))
            .collect(Collectors.joining(", "));
    return path + "(" + parameters + ")" + (returns.isEmpty() ? "" : " → " + returns);
  }

  private static String details(Block.Function function) {
    StringBuilder text = new StringBuilder();
    for (Field field : function.parameters()) {
      if (!field.doc().isEmpty()) {
        text.append(" `").append(field.name().replace("?", "")).append("`: ").append(field.doc());
      }
    }
    function.returns().stream()
        .filter(field -> !field.doc().isEmpty())
        .forEach(field -> text.append(" Gives ").append(field.doc()));
    return text.toString();
  }

  /** One line of a table: its text in one paragraph, its examples behind the table. */
  private void row(String code, String doc, String details) {
    if (!inTable) {
      page.append("\n| | |\n|---|---|\n");
      inTable = true;
    }
    var found = EXAMPLE.matcher(doc);
    while (found.find()) {
      examples.add(found.group());
    }
    String text = (found.replaceAll("") + details).replaceAll("\\s+", " ").strip();
    page.append("| ").append(code(code)).append(" | ").append(cell(text)).append(" |\n");
  }

  private static String code(String text) {
    return "`" + cell(text) + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private void endTable() {
    inTable = false;
    examples.forEach(example -> page.append('\n').append(example).append('\n'));
    examples.clear();
  }

  private static String shortType(String type) {
    return type.replace("haka.", "");
  }
}
