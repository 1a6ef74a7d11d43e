package dev.tiaki.netfilter.nftables.compare;

import dev.tiaki.netfilter.nftables.model.Command;
import dev.tiaki.netfilter.nftables.model.Identity;
import dev.tiaki.netfilter.nftables.model.NftItem;
import dev.tiaki.netfilter.nftables.model.Rule;
import dev.tiaki.netfilter.nftables.model.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the rules of one chain differ. The longest common sequence stays; what is not in it is
 * deleted by handle, or inserted before the rule that stays behind it: {@code add} behind a handle
 * is not understood by nft 1.0.6, {@code insert} before one is by every release.
 */
final class ChainDifference {
  /** Rules times rules that are compared; beyond it what is between equal ends is all replaced. */
  private static final long MAX_PAIRS = 4_000_000;

  private final List<Rule> present;
  private final List<Rule> wanted;
  private final List<String> lines = new ArrayList<>();
  private final List<NftItem> deletions = new ArrayList<>();
  private final List<NftItem> additions = new ArrayList<>();

  ChainDifference(List<Rule> present, List<Rule> wanted) {
    this.present = present;
    this.wanted = wanted;
    String[] before = present.stream().map(Canonical::of).toArray(String[]::new);
    String[] after = wanted.stream().map(Canonical::of).toArray(String[]::new);
    compare(before, after);
  }

  private void compare(String[] before, String[] after) {
    int start = 0;
    while (start < before.length && start < after.length && before[start].equals(after[start])) {
      start++;
    }
    int endBefore = before.length;
    int endAfter = after.length;
    while (endBefore > start
        && endAfter > start
        && before[endBefore - 1].equals(after[endAfter - 1])) {
      endBefore--;
      endAfter--;
    }
    middle(before, after, start, endBefore, endAfter);
  }

  private void middle(String[] before, String[] after, int start, int endBefore, int endAfter) {
    int rows = endBefore - start;
    int columns = endAfter - start;
    int[][] common =
        (long) rows * columns > MAX_PAIRS ? null : common(before, after, start, rows, columns);
    int row = 0;
    int column = 0;
    while (row < rows || column < columns) {
      boolean isSame =
          common != null
              && row < rows
              && column < columns
              && before[start + row].equals(after[start + column]);
      if (isSame) {
        row++;
        column++;
      } else if (row < rows
          && (column == columns
              || common == null
              || common[row + 1][column] >= common[row][column + 1])) {
        delete(present.get(start + row++));
      } else {
        add(
            wanted.get(start + column++),
            next(before, after, common, start, new int[] {row, column, rows, columns}));
      }
    }
  }

  /** Lengths of the longest common sequences of what is behind each pair of positions. */
  private static int[][] common(String[] before, String[] after, int start, int rows, int columns) {
    int[][] common = new int[rows + 1][columns + 1];
    for (int row = rows - 1; row >= 0; row--) {
      for (int column = columns - 1; column >= 0; column--) {
        common[row][column] =
            before[start + row].equals(after[start + column])
                ? common[row + 1][column + 1] + 1
                : Math.max(common[row + 1][column], common[row][column + 1]);
      }
    }
    return common;
  }

  /** Returns the present rule that stays and comes next behind a new one, or null at the end. */
  private @Nullable Rule next(
      String[] before, String[] after, int @Nullable [] @Nullable [] common, int start, int[] at) {
    int row = at[0];
    int column = at[1];
    while (common != null && row < at[2] && column < at[3]) {
      if (before[start + row].equals(after[start + column])) {
        return present.get(start + row);
      }
      if (Objects.requireNonNull(common[row + 1])[column]
          >= Objects.requireNonNull(common[row])[column + 1]) {
        row++;
      } else {
        column++;
      }
    }
    int behind = start + at[2];
    return behind < present.size() ? present.get(behind) : null;
  }

  private void delete(Rule rule) {
    lines.add("- " + RulesetText.line(rule));
    Long handle = rule.handle();
    if (handle != null) {
      deletions.add(new Command.Delete(Target.Reference.rule(rule.chain(), handle)));
    }
  }

  private void add(Rule rule, @Nullable Rule next) {
    Rule bare = fresh(rule, next == null ? null : next.handle());
    lines.add("+ " + RulesetText.line(fresh(rule, null)));
    additions.add(bare.handle() == null ? new Command.Add(bare) : new Command.Insert(bare));
  }

  /** Returns a rule without place, or to be put before the rule with this handle. */
  static Rule fresh(Rule rule, @Nullable Long before) {
    Identity chain = rule.chain().withHandle(before);
    return new Rule(chain, null, rule.comment(), rule.statements(), rule.extras());
  }

  List<String> lines() {
    return lines;
  }

  List<NftItem> deletions() {
    return deletions;
  }

  List<NftItem> additions() {
    return additions;
  }
}
