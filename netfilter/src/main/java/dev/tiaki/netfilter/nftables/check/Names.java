package dev.tiaki.netfilter.nftables.check;

import java.util.Set;
import java.util.regex.Pattern;

/** Names of tables, chains, sets and objects. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_./\\\\-]{0,254}");
  private static final Set<String> KEYWORDS = Set.copyOf(Table.words("keywords.txt"));

  private Names() {}

  /** Refuses a name that nftables cannot write in its own language, or that ends nft 1.0.6. */
  static void check(String name, Pointer at) {
    if (name.isEmpty()) {
      throw new Refusal(at, "an empty name");
    }
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(
          at,
          "\"%s\" is no name: a letter or _, then letters, digits, _ . / -"
              .formatted(Symbols.shown(name)));
    }
    if (KEYWORDS.contains(name)) {
      throw new Refusal(at, "\"" + name + "\" is a keyword of nftables");
    }
  }
}
