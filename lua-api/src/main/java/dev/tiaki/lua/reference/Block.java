package dev.tiaki.lua.reference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of a definition file, in the order of the file. */
public sealed interface Block {
  /** Returns what is said about it, in Markdown; empty when nothing is. */
  String doc();

  /** Text of the page that belongs to no name. */
  record Prose(String doc) implements Block {}

  /**
   * A type of values.
   *
   * @param name as annotations write it, {@code haka.Address}
   * @param parents the types whose members it has too
   * @param fields its attributes, in order
   */
  record Type(String name, List<String> parents, String doc, List<Field> fields) implements Block {}

  /**
   * A type that is another name of one, or a choice of constants.
   *
   * @param type what it stands for, as annotations write it; empty for a choice
   * @param choices what it may be, each with what that means
   */
  record Alias(String name, String type, String doc, List<Field> choices) implements Block {}

  /**
   * A function or a method.
   *
   * @param owner the table or local variable that holds it; empty for a global function
   * @param method whether it is called with a colon
   * @param returns what it gives, each with what that means
   */
  record Function(
      String owner,
      String name,
      boolean method,
      String doc,
      List<Field> parameters,
      List<Field> returns)
      implements Block {
    /** Returns how Lua writes it: {@code haka.rule}, {@code Flow:drop}. */
    public String path() {
      return owner.isEmpty() ? name : owner + (method ? ":" : ".") + name;
    }
  }

  /**
   * A variable or a field of a table.
   *
   * @param path how Lua writes it
   * @param type its type, or null when the definition does not say
   */
  record Value(String path, @Nullable String type, String doc) implements Block {}

  /**
   * An attribute, a parameter or a result.
   *
   * @param name empty for a result without one; with a {@code ?} behind it when it may be left out
   * @param type as annotations write it
   */
  record Field(String name, String type, String doc) {}
}
