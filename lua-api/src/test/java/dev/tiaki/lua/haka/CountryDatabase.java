package dev.tiaki.lua.haka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** A database in MaxMind's format with one node: addresses below 128.0.0.0 have a country. */
final class CountryDatabase {
  private static final int STRING = 2;
  private static final int SHORT = 5;
  private static final int INT = 6;
  private static final int MAP = 7;
  private static final int LONG = 9;
  private static final int ARRAY = 11;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private CountryDatabase() {}

  static byte[] lowerHalfIn(String country) {
    CountryDatabase database = new CountryDatabase();
    database.record(1 + 16); // the data section's first byte
    database.record(1); // nothing
    database.out.writeBytes(new byte[16]);
    database.control(MAP, 1).text("country").control(MAP, 1).text("iso_code").text(country);
    database.metadata();
    return database.out.toByteArray();
  }

  private void record(int value) {
    number(value, 3);
  }

  private CountryDatabase number(int value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write(value >> shift);
    }
    return this;
  }

  private CountryDatabase control(int type, int size) {
    if (type > MAP) {
      out.write(size);
      out.write(type - MAP);
    } else {
      out.write(type << 5 | size);
    }
    return this;
  }

  private CountryDatabase text(String text) {
    control(STRING, text.length()).out.writeBytes(text.getBytes(UTF_8));
    return this;
  }

  private void metadata() {
    number(0xabcdef, 3);
    out.writeBytes("MaxMind.com".getBytes(UTF_8));
    control(MAP, 9);
    text("node_count").control(INT, 1).number(1, 1);
    text("record_size").control(SHORT, 1).number(24, 1);
    text("ip_version").control(SHORT, 1).number(4, 1);
    text("database_type").text("Country");
    text("languages").control(ARRAY, 0);
    text("binary_format_major_version").control(SHORT, 1).number(2, 1);
    text("binary_format_minor_version").control(SHORT, 0);
    text("build_epoch").control(LONG, 4).number(1_700_000_000, 4);
    text("description").control(MAP, 0);
  }
}
