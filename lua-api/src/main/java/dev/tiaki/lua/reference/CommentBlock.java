package dev.tiaki.lua.reference;

import dev.tiaki.lua.reference.Block.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Consecutive comment lines of a definition file: text and annotations. */
final class CommentBlock {
  private final StringBuilder text = new StringBuilder();
  final List<Field> fields = new ArrayList<>();
  final List<Field> parameters = new ArrayList<>();
  final List<Field> returns = new ArrayList<>();
  final List<Field> choices = new ArrayList<>();
  final List<String> parents = new ArrayList<>();
  @Nullable String typeName;
  @Nullable String aliasName;
  String aliasType = "";
  @Nullable String valueType;

  /**
   * Takes a line without its dashes.
   *
   * @throws IllegalArgumentException for an annotation that is not known here
   */
  void add(String line) {
    if (line.startsWith("@")) {
      annotation(line.substring(1));
    } else if (line.startsWith("|")) {
      String[] parts = line.substring(1).strip().split(" ", 2);
      choices.add(new Field(parts[0], "", parts.length > 1 ? parts[1].strip() : ""));
    } else {
      text.append(line.startsWith(" ") ? line.substring(1) : line).append('\n');
    }
  }

  private void annotation(String line) {
    int space = line.indexOf(' ');
    String word = space < 0 ? line : line.substring(0, space);
    String rest = space < 0 ? "" : line.substring(space + 1).strip();
    switch (word) {
      case "class" -> type(rest);
      case "field" -> fields.add(named(rest));
      case "param" -> parameters.add(named(rest));
      case "return" -> returns.add(unnamed(rest));
      case "type" -> valueType = rest;
      case "alias" -> alias(rest);
      case "operator", "overload", "deprecated", "nodiscard" -> {
        // for editors alone; the text says it to readers
      }
      default -> throw new IllegalArgumentException("unknown annotation @" + word);
    }
  }

  private void type(String rest) {
    int colon = rest.indexOf(':');
    typeName = (colon < 0 ? rest : rest.substring(0, colon)).strip();
    if (colon >= 0) {
      for (String parent : rest.substring(colon + 1).split(",", -1)) {
        parents.add(parent.strip());
      }
    }
  }

  private void alias(String rest) {
    int space = rest.indexOf(' ');
    aliasName = space < 0 ? rest : rest.substring(0, space);
    aliasType = space < 0 ? "" : rest.substring(space + 1).strip();
  }

  private static Field named(String rest) {
    int space = rest.startsWith("[") ? rest.indexOf(']') + 1 : rest.indexOf(' ');
    if (space <= 0 || space >= rest.length()) {
      throw new IllegalArgumentException("no type in: " + rest);
    }
    Field typed = unnamed(rest.substring(space).strip());
    return new Field(rest.substring(0, space), typed.type(), typed.doc());
  }

  private static Field unnamed(String rest) {
    int end = TypeText.length(rest);
    return new Field("", rest.substring(0, end), rest.substring(end).strip());
  }

  boolean isText() {
    return typeName == null && aliasName == null;
  }

  /** Returns the text of the block, in Markdown. */
  String text() {
    return text.toString().strip();
  }
}
