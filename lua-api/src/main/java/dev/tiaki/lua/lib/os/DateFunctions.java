package dev.tiaki.lua.lib.os;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.text.ByteText;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code os.time} and {@code os.date}. */
final class DateFunctions {
  private DateFunctions() {}

  static Varargs time(Varargs a) {
    if (a.isnoneornil(1)) {
      return Arguments.valueOf((double) Instant.now().getEpochSecond());
    }
    LuaTable table = Arguments.table(a, 1, "time");
    // fields may lie outside their ranges, as C's mktime allows
    ZonedDateTime when =
        LocalDateTime.of(field(table, "year", -1), 1, 1, 0, 0)
            .plusMonths(field(table, "month", -1) - 1L)
            .plusDays(field(table, "day", -1) - 1L)
            .plusHours(field(table, "hour", 12))
            .plusMinutes(field(table, "min", 0))
            .plusSeconds(field(table, "sec", 0))
            .atZone(ZoneId.systemDefault());
    return Arguments.valueOf((double) when.toEpochSecond());
  }

  private static int field(LuaTable table, String name, int otherwise) {
    LuaValue value = table.get(name);
    if (value instanceof LuaNumber number) {
      return number.toint();
    }
    if (otherwise < 0) {
      throw Raised.at("field '" + name + "' missing in date table");
    }
    return otherwise;
  }

  static Varargs date(Varargs a) {
    String format = ByteText.of(Arguments.stringOr(a, 1, "date", LuaValue.valueOf("%c")));
    long seconds = Arguments.integerOr(a, 2, "date", Instant.now().getEpochSecond());
    boolean utc = format.startsWith("!");
    ZoneId zone = utc ? ZoneOffset.UTC : ZoneId.systemDefault();
    ZonedDateTime when = Instant.ofEpochSecond(seconds).atZone(zone);
    String wanted = utc ? format.substring(1) : format;
    return wanted.startsWith("*t")
        ? table(when)
        : ByteText.bytesOf(DateFormat.format(wanted, when));
  }

  private static LuaTable table(ZonedDateTime when) {
    LuaTable table = new LuaTable();
    table.rawset("year", LuaValue.valueOf(when.getYear()));
    table.rawset("month", LuaValue.valueOf(when.getMonthValue()));
    table.rawset("day", LuaValue.valueOf(when.getDayOfMonth()));
    table.rawset("hour", LuaValue.valueOf(when.getHour()));
    table.rawset("min", LuaValue.valueOf(when.getMinute()));
    table.rawset("sec", LuaValue.valueOf(when.getSecond()));
    table.rawset("wday", LuaValue.valueOf(when.getDayOfWeek().getValue() % 7 + 1));
    table.rawset("yday", LuaValue.valueOf(when.getDayOfYear()));
    boolean summer = when.getZone().getRules().isDaylightSavings(when.toInstant());
    table.rawset("isdst", LuaValue.valueOf(summer));
    return table;
  }
}
