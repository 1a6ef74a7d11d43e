package dev.tiaki.lua.lib.table;

import dev.tiaki.lua.budget.RuleBudget;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Merge sort that a comparator without order cannot break: Haka's rules sort with {@code not f(a,
 * b)}, which says of equal elements that each comes first.
 */
final class TolerantSort {
  private final LuaValue comparator;
  private final RuleBudget budget;

  private TolerantSort(LuaValue comparator, RuleBudget budget) {
    this.comparator = comparator;
    this.budget = budget;
  }

  static void sort(LuaTable table, LuaValue comparator, RuleBudget budget) {
    int size = table.rawlen();
    LuaValue[] values = new LuaValue[size];
    for (int i = 0; i < size; i++) {
      values[i] = table.rawget(i + 1);
    }
    new TolerantSort(comparator, budget).sort(values, values.clone(), 0, size);
    for (int i = 0; i < size; i++) {
      table.rawset(i + 1, values[i]);
    }
  }

  /** Sorts {@code into[from, to)}; {@code scratch} holds the same values before and any after. */
  private void sort(LuaValue[] into, LuaValue[] scratch, int from, int to) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(scratch, into, from, middle);
    sort(scratch, into, middle, to);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeRight = left >= middle || (right < to && before(scratch[right], scratch[left]));
      into[i] = takeRight ? scratch[right++] : scratch[left++];
    }
  }

  private boolean before(LuaValue first, LuaValue second) {
    budget.work(1);
    return comparator.isnil() ? first.lt_b(second) : comparator.call(first, second).toboolean();
  }
}
