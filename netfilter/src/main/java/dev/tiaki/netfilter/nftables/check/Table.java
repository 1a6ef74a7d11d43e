package dev.tiaki.netfilter.nftables.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Tables of this package: rows of words, with comments. */
final class Table {
  private Table() {}

  /** Returns all words of a table. */
  static List<String> words(String name) {
    return rows(name).stream().flatMap(Arrays::stream).toList();
  }

  static List<String[]> rows(String name) {
    InputStream stream = Table.class.getResourceAsStream(name);
    if (stream == null) {
      throw new IllegalStateException("table=" + name);
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.trim().split(" +", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
