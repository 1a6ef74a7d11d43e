package dev.tiaki.netfilter.nftables.check;

import java.util.Set;

/** Names of tables, chains, sets and objects. */
final class Names {
  private static final int LONGEST = 255;
  private static final Set<String> KEYWORDS = Set.copyOf(Table.words("keywords.txt"));

  private Names() {}

  /** Refuses a name that nftables cannot write in its own language, or that ends nft 1.0.6. */
  static void check(String name, Pointer at) {
    if (name.isEmpty()) {
      throw new Refusal(at, "an empty name");
    }
    if (!isName(name)) {
      throw new Refusal(
          at,
          "\"%s\" is no name: a letter or _, then letters, digits, _ . / -"
              .formatted(Symbols.shown(name)));
    }
    if (KEYWORDS.contains(name)) {
      throw new Refusal(at, "\"" + name + "\" is a keyword of nftables");
    }
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      boolean isOther = (c >= '0' && c <= '9') || c == '.' || c == '/' || c == '\\' || c == '-';
      if (!isLetter && (i == 0 || !isOther)) {
        return false;
      }
    }
    return name.length() <= LONGEST;
  }
}
