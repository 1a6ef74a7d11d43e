package dev.tiaki.lua.haka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The module {@code list}: tables of results with named columns, as the console shows them. */
class ListModuleTest {
  private static final String HOSTS =
      """
      local list = require('list')
      local Hosts = list.new('hosts')
      Hosts.field = { 'id', 'name', 'bytes', 'note' }
      Hosts.key = 'id'
      Hosts.field_format = { bytes = list.formatter.unit, note = list.formatter.optional('-') }
      Hosts.field_aggregate = {
        bytes = list.aggregator.add, name = list.aggregator.replace('total') }
      local hosts = Hosts:new()
      hosts:add{ { id = 3, name = 'c', bytes = 999 } }
      local function more()
        hosts:addall{ { { id = 1, name = 'long name', bytes = 12345, note = 'x' } },
          { { id = 2, name = 'b', bytes = 1 }, { id = 10, name = 'z', bytes = 2000000 } } }
      end
      """;

  private static String run(String... lines) {
    return new RuleReplay().rules(HOSTS + String.join("\n", lines)).text();
  }

  @Test
  void columns_are_as_wide_as_their_widest_value() {
    assertThat(run("more() hosts:print() print('.')"))
        .isEqualTo(
            """
            id | name      | bytes  | note |\s
            3  | c         | 999    | -    |\s
            1  | long name | 12.35k | x    |\s
            2  | b         | 1      | -    |\s
            10 | z         | 2.00M  | -    |\s
               | total     | 2.01M  |      |\s
            .\
            """);
  }

  @Test
  void one_row_needs_no_total_and_none_are_only_a_header() {
    assertThat(run("hosts:print()", "Hosts:new():print() print('.')"))
        .isEqualTo(
            """
            id | name | bytes | note |\s
            3  | c    | 999   | -    |\s
            id | name | bytes | note |\s
            .\
            """);
  }

  @Test
  void a_column_is_the_value_of_the_only_row_or_the_aggregate_of_all() {
    assertThat(
            run(
                "print(hosts.bytes, hosts.name, hosts.note, hosts.unknown)",
                "more() print(hosts.bytes, hosts.name, hosts.note, hosts.unknown)",
                "print(Hosts:new().bytes, Hosts:new().note)"))
        .isEqualTo("999 c nil nil\n2013345 total nil nil\n0 nil");
  }

  @Test
  void rows_are_sorted_by_a_column_or_a_function_either_way() {
    assertThat(
            run(
                "more()",
                "local function ids(l) local t = {} for _, r in ipairs(l._data) do t[#t + 1] = r.id end",
                "  print(table.concat(t, ' ')) end",
                "ids(hosts:sort('id')) ids(hosts:sort('bytes', true))",
                "ids(hosts:sort(function (a, b) return a.name < b.name end))",
                "ids(hosts:sort(function (a, b) return a.name < b.name end, true))"))
        .isEqualTo("1 2 3 10\n10 1 3 2\n2 3 1 10\n10 1 3 2");
  }

  @Test
  void rows_are_found_by_key_and_filtered_in_place() {
    assertThat(
            run(
                "more()",
                "print(hosts:get(10).name, hosts:get('10') == nil, hosts:get(4) == nil)",
                "local same = hosts:filter(function (row) return row.bytes > 1000 end)",
                "print(same == hosts, #hosts._data, hosts.bytes)"))
        .isEqualTo("z true true\ntrue 2 2012345");
  }

  @Test
  void wrong_arguments_are_refused() {
    assertThat(
            run(
                "local function why(f, ...)",
                "  print((select(2, pcall(f, hosts, ...)):gsub('^[^:]*:%d+: ', '')))",
                "end",
                "why(hosts.sort, 'none') why(hosts.sort) why(hosts.filter, 'x') why(hosts.get, {})"))
        .isEqualTo(
            """
            order 'none' is not a valid key
            invalid parameter 1, expected string or function
            invalid parameter 1, expected function
            invalid parameter 1, expected string or number\
            """);
  }

  @Test
  void units_have_two_digits_from_a_thousand_on() {
    assertThat(
            run(
                "for _, n in ipairs{ 0, 999, 1000, 1001, 999999, 1e6, 1.5e9, 1e12, 1e15, -5000 } do",
                "  io.write(list.formatter.unit(n), ' ')",
                "end print(list.formatter.unit(nil))"))
        .isEqualTo("0 999 1.00k 1.00k 1000.00k 1.00M 1.50G 1.00T 1000.00T -5000 nil");
  }

  @Test
  void pprint_shows_the_table_with_its_rows_indented() {
    assertThat(run("debug.pprint({ found = hosts })"))
        .isEqualTo(
            """
            table {
              found : class hosts {
            id | name | bytes | note |\s
                3  | c    | 999   | -    |\s
              }
            }\
            """);
  }
}
