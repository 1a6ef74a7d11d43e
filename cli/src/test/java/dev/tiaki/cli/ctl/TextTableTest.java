package dev.tiaki.cli.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columns_are_as_wide_as_their_widest_cell_and_numbers_stand_to_the_right() {
    assertThat(new TextTable("id", "name").row(7, "a").row(123, "longer"))
        .hasToString(" id  name\n  7  a\n123  longer\n");
  }

  @Test
  void a_table_without_rows_is_its_header() {
    TextTable table = new TextTable("id", "name");
    assertThat(table.isEmpty()).isTrue();
    assertThat(table).hasToString("id  name\n");
  }

  @Test
  void large_numbers_get_a_unit() {
    assertThat(Quantity.of(9_999)).isEqualTo("9999");
    assertThat(Quantity.of(12_345)).isEqualTo("12.3k");
    assertThat(Quantity.of(5_200_000_000L)).isEqualTo("5.2G");
    assertThat(Quantity.of(Long.MAX_VALUE)).endsWith("T");
  }
}
