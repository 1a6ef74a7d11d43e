package dev.tiaki.lua.reference;

/** Where the type ends in the text of an annotation, which goes on with what it means. */
final class TypeText {
  private TypeText() {}

  /** Returns how many characters of {@code text}, which begins with a type, belong to it. */
  static int length(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("(<{[".indexOf(c) >= 0) {
        depth++;
      } else if (")>}]".indexOf(c) >= 0) {
        depth--;
      } else if (c == ' ' && depth == 0 && !goesOn(text, i)) {
        return i;
      }
    }
    return text.length();
  }

  /** A space inside a type stands behind the colon of a function's result. */
  private static boolean goesOn(String text, int space) {
    return space > 1 && text.charAt(space - 1) == ':' && text.charAt(space - 2) == ')';
  }
}
