package dev.tiaki.cli.ctl;

import java.util.ArrayList;
import java.util.List;

/** Rows under a header, each column as wide as its widest cell; numbers stand to the right. */
final class TextTable {
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    this.header = List.of(header);
  }

  /** Adds a row: a cell for each column, by its text. */
  TextTable row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Returns the table, each line with its line end. */
  @Override
  public String toString() {
    int[] widths = new int[header.size()];
    boolean[] numbers = new boolean[header.size()];
    for (int column = 0; column < widths.length; column++) {
      numbers[column] = !rows.isEmpty();
      widths[column] = header.get(column).length();
      for (List<String> row : rows) {
        String cell = row.get(column);
        widths[column] = Math.max(widths[column], cell.length());
        numbers[column] &= cell.matches("[-0-9.]*[kMGT%]?");
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, header, widths, numbers);
    rows.forEach(row -> line(text, row, widths, numbers));
    return text.toString();
  }

  private static void line(
      StringBuilder text, List<String> cells, int[] widths, boolean[] numbers) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String padding = " ".repeat(widths[column] - cells.get(column).length());
      line.append(column == 0 ? "" : "  ");
      line.append(numbers[column] ? padding + cells.get(column) : cells.get(column) + padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
