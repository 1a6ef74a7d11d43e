package dev.tiaki.lua.reference;

import dev.tiaki.lua.reference.Block.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a definition file: the Lua of the LuaLS language server, of which it knows what our files
 * use. Each comment block stands before what it describes; a block before an empty line is text of
 * the page, and the page's title is its first line, {@code # Title}.
 */
final class DefinitionReader {
  private static final Pattern FUNCTION =
      Pattern.compile("function ([\\w.]+?)(?:([.:])(\\w+))?\\(([^)]*)\\) end");
  private static final Pattern VALUE = Pattern.compile("([A-Za-z_][\\w.]*) = .+");
  private static final Pattern LOCAL = Pattern.compile("local (\\w+) = .+");

  private final String name;
  private final List<String> lines;
  private final List<Block> blocks = new ArrayList<>();
  private final Map<String, String> locals = new LinkedHashMap<>();
  private String title = "";
  private int at;

  private DefinitionReader(String name, String source) {
    this.name = name;
    this.lines = source.lines().toList();
  }

  /**
   * Reads a file.
   *
   * @param name of the file, without its ending
   * @throws IllegalArgumentException with file and line, for what is no definition
   */
  static DefinitionFile read(String name, String source) {
    DefinitionReader reader = new DefinitionReader(name, source);
    String module = reader.module();
    reader.readBlocks();
    return new DefinitionFile(
        name, reader.title, module, List.copyOf(reader.blocks), Map.copyOf(reader.locals), source);
  }

  private String module() {
    if (lines.isEmpty() || !lines.getFirst().startsWith("---@meta")) {
      throw wrong("the first line must be ---@meta");
    }
    at = 1;
    return lines.getFirst().substring("---@meta".length()).strip();
  }

  private void readBlocks() {
    while (at < lines.size()) {
      String line = lines.get(at);
      if (line.startsWith("---")) {
        readBlock();
      } else if (line.isBlank() || line.startsWith("return ")) {
        at++;
      } else {
        describe(new CommentBlock(), line);
        at++;
      }
    }
    if (title.isEmpty()) {
      throw wrong("no title");
    }
  }

  private void readBlock() {
    CommentBlock comment = new CommentBlock();
    for (; at < lines.size() && lines.get(at).startsWith("---"); at++) {
      try {
        comment.add(lines.get(at).substring(3));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(wrong(String.valueOf(e.getMessage())).getMessage(), e);
      }
    }
    String next = at < lines.size() ? lines.get(at) : "";
    if (!next.isBlank()) {
      describe(comment, next);
      at++;
    } else if (comment.isText()) {
      prose(comment.text());
    } else {
      type(comment, null);
    }
  }

  private void prose(String text) {
    if (title.isEmpty() && text.startsWith("# ")) {
      int end = text.indexOf('\n');
      title = (end < 0 ? text : text.substring(0, end)).substring(2).strip();
      text = end < 0 ? "" : text.substring(end).strip();
    }
    if (!text.isEmpty()) {
      blocks.add(new Block.Prose(text));
    }
  }

  private void type(CommentBlock comment, @Nullable String local) {
    if (comment.aliasName != null) {
      blocks.add(
          new Block.Alias(
              comment.aliasName, comment.aliasType, comment.text(), List.copyOf(comment.choices)));
    } else if (comment.typeName != null) {
      if (local != null) {
        locals.put(local, comment.typeName);
      }
      blocks.add(
          new Block.Type(
              comment.typeName,
              List.copyOf(comment.parents),
              comment.text(),
              List.copyOf(comment.fields)));
    }
  }

  private void describe(CommentBlock comment, String code) {
    Matcher function = FUNCTION.matcher(code);
    Matcher local = LOCAL.matcher(code);
    Matcher value = VALUE.matcher(code);
    if (function.matches()) {
      function(comment, function);
    } else if (local.matches()) {
      type(comment, local.group(1));
    } else if (value.matches() && comment.isText()) {
      blocks.add(new Block.Value(value.group(1), comment.valueType, comment.text()));
    } else if (value.matches()) {
      type(comment, value.group(1));
      blocks.add(new Block.Value(value.group(1), comment.typeName, ""));
    } else {
      throw wrong("neither function, value nor type: " + code);
    }
  }

  private void function(CommentBlock comment, Matcher found) {
    boolean member = found.group(3) != null;
    List<Field> parameters = comment.parameters;
    checkParameters(found.group(4), parameters);
    blocks.add(
        new Block.Function(
            member ? found.group(1) : "",
            member ? found.group(3) : found.group(1),
            ":".equals(found.group(2)),
            comment.text(),
            List.copyOf(parameters),
            List.copyOf(comment.returns)));
  }

  /** Every parameter has its annotation, in the order of the parameters. */
  private void checkParameters(String written, List<Field> annotated) {
    String names =
        String.join(", ", annotated.stream().map(field -> field.name().replace("?", "")).toList());
    if (!written.equals(names)) {
      throw wrong("parameters (" + written + ") are annotated as (" + names + ")");
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(name + ".lua:" + (at + 1) + ": " + what);
  }
}
