package dev.tiaki.engine.regexp;

import java.util.TreeSet;

/** A search that follows the meaning of a pattern word by word, for short texts. */
final class NaiveSearch {
  private final String text;

  private NaiveSearch(String text) {
    this.text = text;
  }

  static String leftmostLongest(String pattern, String text) {
    byte[] bytes = pattern.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    Node tree = new PatternParser(bytes, RegexpOptions.NONE).parse();
    NaiveSearch search = new NaiveSearch(text);
    for (int start = 0; start <= text.length(); start++) {
      TreeSet<Integer> ends = search.ends(tree, start);
      if (!ends.isEmpty()) {
        return start + "-" + ends.last();
      }
    }
    return "none";
  }

  private int at(int index) {
    return index < 0 || index >= text.length() ? Assertion.NOTHING : text.charAt(index);
  }

  private TreeSet<Integer> ends(Node node, int start) {
    TreeSet<Integer> ends = new TreeSet<>();
    switch (node) {
      case Node.Item(ByteSet bytes) -> {
        if (start < text.length() && bytes.contains(text.charAt(start))) {
          ends.add(start + 1);
        }
      }
      case Node.Condition(Assertion assertion) -> {
        if (assertion.holds(at(start - 1), at(start))) {
          ends.add(start);
        }
      }
      case Node.Group(Node part, int number) -> ends.addAll(ends(part, start));
      case Node.Choice choice -> choice.cases().forEach(c -> ends.addAll(ends(c, start)));
      case Node.Sequence sequence -> {
        ends.add(start);
        for (Node part : sequence.parts()) {
          TreeSet<Integer> next = new TreeSet<>();
          ends.forEach(end -> next.addAll(ends(part, end)));
          ends.clear();
          ends.addAll(next);
        }
      }
      case Node.Repeat repeat -> repeat(repeat, start, ends);
    }
    return ends;
  }

  private void repeat(Node.Repeat repeat, int start, TreeSet<Integer> ends) {
    TreeSet<Integer> reached = new TreeSet<>();
    reached.add(start);
    int most = repeat.max() < 0 ? repeat.min() + text.length() + 1 : repeat.max();
    for (int count = 0; count <= most; count++) {
      if (count >= repeat.min()) {
        ends.addAll(reached);
      }
      TreeSet<Integer> next = new TreeSet<>();
      reached.forEach(end -> next.addAll(ends(repeat.part(), end)));
      reached = next;
    }
  }
}
